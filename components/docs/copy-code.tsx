'use client';

import { useState } from 'react';
import { Icon } from '@/components/ui/icons';
import { COPY_WORDS, copyText } from './copy-text';
import classes from './prose.module.css';

const SHOWN_MS = 1500;

/** Copies the code of the block it stands in. */
export function CopyCode({ label }: { label: string }) {
  const [outcome, setOutcome] = useState<keyof typeof COPY_WORDS | null>(null);
  const copy = async (button: HTMLButtonElement) => {
    const text = button.closest('figure')?.querySelector('pre')?.textContent ?? '';
    setOutcome(await copyText(text));
    setTimeout(() => setOutcome(null), SHOWN_MS);
  };
  return (
    <button
      type="button"
      className={classes.copy}
      aria-label={`Copy ${label}`}
      onClick={(event) => void copy(event.currentTarget)}
    >
      <Icon name={outcome === 'copied' ? 'check' : 'copy'} size={14} />
      <span role="status" className={outcome ? undefined : 'visually-hidden'}>
        {outcome ? COPY_WORDS[outcome] : ''}
      </span>
    </button>
  );
}
