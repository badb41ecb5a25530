'use client';

import { useEffect } from 'react';
import { Icon } from '@/components/ui/icons';
import classes from './docs.module.css';

/** The same place as the component library keeps it, so that the choice holds in the whole product. */
const KEY = 'mantine-color-scheme-value';

/** What the reader has chosen; null where it follows the system, or nothing is remembered here. */
function chosen(): string | null {
  try {
    const scheme = localStorage.getItem(KEY);
    return scheme === 'auto' ? null : scheme;
  } catch {
    return null;
  }
}

/** Turns the page from light to dark and back, and remembers it. Until then the page follows the system. */
export function ColoursButton() {
  useEffect(() => {
    const system = window.matchMedia('(prefers-color-scheme: dark)');
    const follow = () => {
      if (chosen()) return;
      document.documentElement.setAttribute(
        'data-mantine-color-scheme',
        system.matches ? 'dark' : 'light',
      );
    };
    // It may have changed before this code ran.
    follow();
    system.addEventListener('change', follow);
    return () => system.removeEventListener('change', follow);
  }, []);
  const turn = () => {
    const root = document.documentElement;
    const next = root.getAttribute('data-mantine-color-scheme') === 'dark' ? 'light' : 'dark';
    root.setAttribute('data-mantine-color-scheme', next);
    try {
      localStorage.setItem(KEY, next);
    } catch {
      // It holds for this page.
    }
  };
  return (
    <button type="button" className={classes.iconButton} aria-label="Light or dark" onClick={turn}>
      <span className={classes.onLight}>
        <Icon name="moon" />
      </span>
      <span className={classes.onDark}>
        <Icon name="sun" />
      </span>
    </button>
  );
}
