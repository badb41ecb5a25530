'use client';

import { Button } from '@mantine/core';
import { useState } from 'react';
import { humanise } from '@/components/ui/values/humanise';
import type { ChatMessage } from './kinds/chat-messages';
import classes from './payload.module.css';
import { LongText } from './text/long-text';
import { withUnseenShown } from './text/visible-text';

const MESSAGES_AT_ONCE = 100;

/** A conversation: who said what, in order. The first to speak is on one side, the others opposite. */
export function ChatView({ messages }: { messages: ChatMessage[] }) {
  const [whole, setWhole] = useState(false);
  const shown = whole ? messages : messages.slice(0, MESSAGES_AT_ONCE);
  const first = messages.find(({ author }) => author.toLowerCase() !== 'system')?.author;
  const counted = shown.map((message, index) => ({ message, key: `message ${index}` }));
  return (
    <>
      <ol className={classes.chat}>
        {counted.map(({ message, key }) => (
          <li key={key} data-side={message.author === first ? 'first' : 'other'}>
            <div className={classes.speaker} dir="auto">
              {withUnseenShown(message.author)}
              {message.role === null ? null : (
                <span className={classes.aside}> {withUnseenShown(message.role)}</span>
              )}
            </div>
            {message.text === '' ? null : <LongText text={message.text} className={classes.said} />}
            <Others others={message.others} />
          </li>
        ))}
      </ol>
      {messages.length > shown.length ? (
        <Button variant="default" size="xs" mt={8} onClick={() => setWhole(true)}>
          Show the other {(messages.length - shown.length).toLocaleString('en-US')} messages
        </Button>
      ) : null}
    </>
  );
}

/** What else a message says of itself, such as its time. */
function Others({ others }: { others: ChatMessage['others'] }) {
  const said = others.filter(([, value]) => value !== null && value !== '');
  if (said.length === 0) return null;
  return (
    <div className={classes.aside}>
      {said.map(([name, value]) => (
        <div key={name} dir="auto">
          {humanise(name)}:{' '}
          {withUnseenShown(typeof value === 'string' ? value : JSON.stringify(value))}
        </div>
      ))}
    </div>
  );
}
