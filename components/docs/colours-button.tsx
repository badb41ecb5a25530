'use client';

import { useEffect } from 'react';
import { COLOURS_KEY } from '@/components/ui/early-script';
import { Icon } from '@/components/ui/icons';
import classes from './docs.module.css';

const ATTRIBUTE = 'data-mantine-color-scheme';

/** Whether the reader has chosen, and does not follow the system. */
function isChosen(): boolean {
  try {
    return ['light', 'dark'].includes(localStorage.getItem(COLOURS_KEY) ?? '');
  } catch {
    return false;
  }
}

/** Turns the page from light to dark and back, and remembers it. Before that, it follows the system. */
export function ColoursButton() {
  useEffect(() => {
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const follow = () => {
      if (isChosen()) return;
      document.documentElement.setAttribute(ATTRIBUTE, dark.matches ? 'dark' : 'light');
    };
    // It may have changed before this code ran.
    follow();
    dark.addEventListener('change', follow);
    return () => dark.removeEventListener('change', follow);
  }, []);
  const turn = () => {
    const root = document.documentElement;
    const next = root.getAttribute(ATTRIBUTE) === 'dark' ? 'light' : 'dark';
    root.setAttribute(ATTRIBUTE, next);
    try {
      localStorage.setItem(COLOURS_KEY, next);
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
