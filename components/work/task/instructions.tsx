'use client';

import { useEffect, useState } from 'react';
import { Markdown } from '@/components/payload/text/markdown';
import classes from '@/components/work/work.module.css';

const nameOf = (type: string) => `humanrail-instructions:${type}`;

/** A text's mark, so that instructions which have changed are shown open again. */
function markOf(text: string): string {
  let hash = 0;
  for (let at = 0; at < text.length; at++) hash = (hash * 31 + text.charCodeAt(at)) | 0;
  return `${text.length}:${hash}`;
}

/**
 * What a worker has to know. Who has closed it finds it closed at the next task of the type, until
 * its words change.
 */
export function Instructions({ type, text }: { type: string; text: string }) {
  const [open, setOpen] = useState(true);
  useEffect(() => {
    try {
      if (localStorage.getItem(nameOf(type)) === markOf(text)) setOpen(false);
    } catch {
      // Without storage they are simply open.
    }
  }, [type, text]);
  const remember = (isOpen: boolean) => {
    setOpen(isOpen);
    try {
      if (isOpen) localStorage.removeItem(nameOf(type));
      else localStorage.setItem(nameOf(type), markOf(text));
    } catch {
      // The choice holds for this page.
    }
  };
  return (
    <details
      className={classes.instructions}
      open={open}
      onToggle={(event) => {
        if (event.currentTarget.open !== open) remember(event.currentTarget.open);
      }}
    >
      <summary>Instructions</summary>
      <Markdown text={text} />
    </details>
  );
}
