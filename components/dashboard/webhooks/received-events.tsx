'use client';

import { Text, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { prettyJson } from '@/components/dashboard/pretty-json';
import classes from '@/components/dashboard/settings.module.css';
import { CodeBlock } from '@/components/ui/code/code-block';
import { Age } from '@/components/ui/values/now';
import type { ReceivedEvent } from '@/server/features/webhooks/schema';

/** What an inbox received: each event's type and whether it is genuine, its whole text on demand. */
export function ReceivedEvents({ events }: { events: ReceivedEvent[] }) {
  return (
    <div data-testid="received-events">
      {events.map((event) => (
        <ReceivedRow key={event.id} event={event} />
      ))}
    </div>
  );
}

function ReceivedRow({ event }: { event: ReceivedEvent }) {
  const [open, setOpen] = useState(false);
  return (
    <div className={classes.disclosure}>
      <UnstyledButton
        className={classes.summary}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <span className="mono clip">{event.event_type ?? 'Not an event of ours'}</span>
        <Signature genuine={event.genuine} />
        <span className="soft">
          <Age at={event.created_at} />
        </span>
      </UnstyledButton>
      {open ? (
        <div className={classes.opened}>
          <Text size="sm" fw={500}>
            Headers
          </Text>
          <CodeBlock
            code={Object.entries(event.headers)
              .map(([name, value]) => `${name}: ${value}`)
              .join('\n')}
            label="the headers"
            wrap
          />
          <Text size="sm" fw={500}>
            Body
          </Text>
          <CodeBlock code={prettyJson(event.body)} label="the body" wrap maxHeight={360} />
        </div>
      ) : null}
    </div>
  );
}

function Signature({ genuine }: { genuine: boolean | null }) {
  if (genuine) return <span className="soft">Signature fits</span>;
  return (
    <Text span size="sm" c="var(--urgent-text)">
      {genuine === null ? 'Not signed' : 'Signature does not fit'}
    </Text>
  );
}
