'use client';

import { useState } from 'react';
import { Icon } from '@/components/ui/icons';
import classes from './prose.module.css';

const SHOWN_MS = 1500;

/** Copies the code of the block it stands in. */
export function CopyCode({ label }: { label: string }) {
  const [outcome, setOutcome] = useState<'copied' | 'refused' | null>(null);
  const copy = async (button: HTMLButtonElement) => {
    const text = button.closest('figure')?.querySelector('pre')?.textContent ?? '';
    // Browsers give no clipboard to pages without https, other than on this machine.
    const isCopied = await navigator.clipboard?.writeText(text).then(
      () => true,
      () => false,
    );
    setOutcome(isCopied ? 'copied' : 'refused');
    setTimeout(() => setOutcome(null), SHOWN_MS);
  };
  const words = { copied: 'Copied', refused: 'Not allowed here' };
  return (
    <button
      type="button"
      className={classes.copy}
      aria-label={`Copy ${label}`}
      onClick={(event) => void copy(event.currentTarget)}
    >
      <Icon name={outcome === 'copied' ? 'check' : 'copy'} size={14} />
      <span role="status" className={outcome ? undefined : 'visually-hidden'}>
        {outcome ? words[outcome] : ''}
      </span>
    </button>
  );
}
