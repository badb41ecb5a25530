'use client';

import { COLOURS_KEY } from '@/components/ui/early-script';
import { Icon } from '@/components/ui/icons';
import classes from './docs.module.css';

const ATTRIBUTE = 'data-mantine-color-scheme';

/** Turns the page from light to dark and back, and remembers it. Before that, the early script follows the system. */
export function ColoursButton() {
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
