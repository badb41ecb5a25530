'use client';

import { useState } from 'react';
import { COPY_WORDS, copyText } from './copy-text';
import classes from './docs.module.css';

const WORDS = { ready: 'Copy page', ...COPY_WORDS };

/** Copies the whole page as Markdown, for a conversation with a model. */
export function CopyPage({ href }: { href: string }) {
  const [state, setState] = useState<keyof typeof WORDS>('ready');
  const copy = async () => {
    const text = await fetch(href).then(
      (response) => (response.ok ? response.text() : null),
      () => null,
    );
    setState(text === null ? 'refused' : await copyText(text));
  };
  return (
    <button type="button" className={classes.textButton} onClick={() => void copy()}>
      <span role="status">{WORDS[state]}</span>
    </button>
  );
}
