'use client';

import { useState } from 'react';
import classes from './docs.module.css';

const WORDS = { ready: 'Copy page', copied: 'Copied', refused: 'Not allowed here' };

/** Copies the whole page as Markdown, for a conversation with a model. */
export function CopyPage({ href }: { href: string }) {
  const [state, setState] = useState<keyof typeof WORDS>('ready');
  const copy = async () => {
    const text = await fetch(href).then(
      (response) => (response.ok ? response.text() : null),
      () => null,
    );
    const isCopied =
      text !== null &&
      (await navigator.clipboard?.writeText(text).then(
        () => true,
        () => false,
      ));
    setState(isCopied ? 'copied' : 'refused');
  };
  return (
    <button type="button" className={classes.textButton} onClick={() => void copy()}>
      <span role="status">{WORDS[state]}</span>
    </button>
  );
}
