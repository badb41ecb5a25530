'use client';

import dynamic from 'next/dynamic';
import { createContext, use } from 'react';
import classes from '@/components/payload/payload.module.css';
import { isPlainText } from './plain-text';

const Text = createContext('');

const MarkdownText = dynamic(() => import('./markdown-text'), {
  loading: () => <span className={classes.unformatted}>{use(Text)}</span>,
});

/**
 * Markdown from a customer, shown safely. What formats it is fetched where there is something to format; until then the text
 * is shown as it was written.
 */
export function Markdown({ text }: { text: string }) {
  return (
    <div className={classes.markdown}>
      {isPlainText(text) ? (
        <p>{text}</p>
      ) : (
        <Text value={text}>
          <MarkdownText text={text} />
        </Text>
      )}
    </div>
  );
}
