'use client';

import { Icon } from '@/components/ui/icons';
import classes from './docs.module.css';

/** The same place as the component library keeps it, so that the choice holds in the whole product. */
const KEY = 'mantine-color-scheme-value';

/** Turns the page from light to dark and back, and remembers it. */
export function ColoursButton() {
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
