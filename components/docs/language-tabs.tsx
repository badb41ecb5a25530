import { type ReactNode, useId } from 'react';
import type { Language } from '@/components/ui/code/use-language';
import classes from './prose.module.css';

interface Tab {
  value: Language;
  label: string;
  content: ReactNode;
}

/** Tabs whose choice holds for every page, and is remembered. The page's script turns them. */
export function LanguageTabs({ tabs }: { tabs: Tab[] }) {
  const id = useId();
  return (
    <div className={classes.tabs}>
      <div role="tablist" aria-label="Language" className={classes.tabList}>
        {tabs.map(({ value, label }, at) => (
          <button
            key={value}
            type="button"
            role="tab"
            id={`${id}-${value}`}
            aria-selected={at === 0}
            aria-controls={`${id}-${value}-panel`}
            tabIndex={at === 0 ? 0 : -1}
            data-tab={value}
          >
            {label}
          </button>
        ))}
      </div>
      {tabs.map(({ value, content }, at) => (
        <div
          key={value}
          role="tabpanel"
          id={`${id}-${value}-panel`}
          aria-labelledby={`${id}-${value}`}
          // Before the script runs, the styles show the remembered one.
          data-panel={value}
          hidden={at !== 0}
        >
          {content}
        </div>
      ))}
    </div>
  );
}
