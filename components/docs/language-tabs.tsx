'use client';

import { type KeyboardEvent, type ReactNode, useId } from 'react';
import { chooseLanguage, type Language, useLanguage } from '@/components/ui/use-language';
import classes from './prose.module.css';

interface Tab {
  value: Language;
  label: string;
  content: ReactNode;
}

/** Tabs whose choice holds for every page, and is remembered. */
export function LanguageTabs({ tabs }: { tabs: Tab[] }) {
  const id = useId();
  const chosen = useLanguage();
  const shown = tabs.some(({ value }) => value === chosen) ? chosen : tabs[0]?.value;
  const move = (event: KeyboardEvent<HTMLElement>) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const at = tabs.findIndex(({ value }) => value === shown);
    const next = tabs[(at + step + tabs.length) % tabs.length];
    if (!next) return;
    event.preventDefault();
    chooseLanguage(next.value);
    document.getElementById(`${id}-${next.value}`)?.focus();
  };
  return (
    <div className={classes.tabs}>
      <div role="tablist" aria-label="Language" className={classes.tabList} onKeyDown={move}>
        {tabs.map(({ value, label }) => (
          <button
            key={value}
            type="button"
            role="tab"
            id={`${id}-${value}`}
            aria-selected={value === shown}
            aria-controls={`${id}-${value}-panel`}
            tabIndex={value === shown ? 0 : -1}
            onClick={() => chooseLanguage(value)}
          >
            {label}
          </button>
        ))}
      </div>
      {tabs.map(({ value, content }) => (
        <div
          key={value}
          role="tabpanel"
          id={`${id}-${value}-panel`}
          aria-labelledby={`${id}-${value}`}
          // Before the page's code runs, the styles show the remembered one.
          data-panel={value}
          hidden={value !== shown}
        >
          {content}
        </div>
      ))}
    </div>
  );
}
