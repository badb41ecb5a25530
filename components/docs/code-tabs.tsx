import { Children, isValidElement, type ReactElement, type ReactNode } from 'react';
import type { CodeFrameProps } from './code-frame';
import { LanguageTabs } from './language-tabs';
import { TABS } from './languages';

type Block = ReactElement<CodeFrameProps>;

const languageOf = (block: Block) => block.props['data-language'] ?? '';

/**
 * The same in several languages: one block of code each, of which the reader's language is shown. A
 * block of text belongs to the one before it, as what that prints.
 */
export function CodeTabs({ children }: { children: ReactNode }) {
  const blocks = Children.toArray(children).filter((child): child is Block =>
    isValidElement(child),
  );
  const groups: { block: Block; outputs: Block[] }[] = [];
  for (const block of blocks) {
    const last = groups.at(-1);
    if (languageOf(block) === 'text' && last) last.outputs.push(block);
    else groups.push({ block, outputs: [] });
  }
  const tabs = groups.map(({ block, outputs }) => {
    const tab = TABS[languageOf(block)];
    if (!tab) throw new Error(`CodeTabs takes blocks in ${Object.keys(TABS).join(', ')} only.`);
    return { ...tab, content: [block, ...outputs] };
  });
  return <LanguageTabs tabs={tabs} />;
}
