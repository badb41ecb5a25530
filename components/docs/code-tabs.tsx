import { Children, isValidElement, type ReactElement, type ReactNode } from 'react';
import type { CodeFrameProps } from './code-frame';
import { LanguageTabs } from './language-tabs';
import { TABS } from './languages';

/** The same in several languages: one block of code each, of which the reader's language is shown. */
export function CodeTabs({ children }: { children: ReactNode }) {
  const blocks = Children.toArray(children).filter((child): child is ReactElement<CodeFrameProps> =>
    isValidElement(child),
  );
  const tabs = blocks.map((block) => {
    const tab = TABS[block.props['data-language'] ?? ''];
    if (!tab) throw new Error(`CodeTabs takes blocks in ${Object.keys(TABS).join(', ')} only.`);
    return { ...tab, content: block };
  });
  return <LanguageTabs tabs={tabs} />;
}
