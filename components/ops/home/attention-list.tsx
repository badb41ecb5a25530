'use client';

import { Text } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { type MouseEvent, useRef } from 'react';
import { setPreference } from '@/app/preferences';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Icon } from '@/components/ui/icons';
import { useListKeys } from '@/components/ui/keys/use-list-keys';
import { PromptLink } from '@/components/ui/prompt-link';
import { Age } from '@/components/ui/values/now';
import type { Attention } from '@/server/features/operations/attention-facts';
import shared from '../ops.module.css';
import classes from './home.module.css';

type Mode = 'live' | 'test';

const SEVERITIES: Record<Attention['severity'], string> = {
  urgent: 'Urgent',
  soon: 'Soon',
  waits: 'Waits',
};

/** Pages that show the mode that is switched to; the others show both, or the one their address names. */
const BY_MODE = /^\/ops\/(reviews|appeals|workers)/;

/** What needs a person, the most urgent first, each with the way to where it is dealt with. */
export function AttentionList({ items, mode }: { items: Attention[]; mode: Mode }) {
  const list = useRef<HTMLOListElement>(null);
  useListKeys({ list, rows: '[data-row]', noun: 'thing', section: 'What needs you' });
  if (items.length === 0) {
    return (
      <Card flush>
        <EmptyState icon={<Icon name="check" />} title="All runs as it should">
          Applications, reviews, appeals, payouts, events, sweeps, webhooks and e-mails are looked
          at every ten seconds. What needs a person appears here.
        </EmptyState>
      </Card>
    );
  }
  return (
    <Card flush>
      <ol className="bare-list" ref={list} aria-label="What needs you">
        {items.map((item) => (
          <Item key={item.id} item={item} mode={mode} />
        ))}
      </ol>
    </Card>
  );
}

function Item({ item, mode }: { item: Attention; mode: Mode }) {
  const router = useRouter();
  const { severity, title, advice, count, isMore, since, href } = item;
  const switchesTo = item.mode !== mode && BY_MODE.test(href) ? item.mode : null;
  const open = (event: MouseEvent) => {
    if (!switchesTo || event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    void setPreference('humanrail-mode', switchesTo).then(() => {
      router.push(href);
      router.refresh();
    });
  };
  return (
    <li className={`${shared.linked} ${classes.item}`}>
      <span className={classes.severity} data-severity={severity}>
        {SEVERITIES[severity]}
      </span>
      <div className={classes.what}>
        <PromptLink href={href} className={shared.link} data-row onClick={open}>
          {count !== null && (count > 1 || isMore) ? (
            <span className="tabular">
              {count.toLocaleString('en-US')}
              {isMore ? '+' : ''}:{' '}
            </span>
          ) : null}
          {title}
        </PromptLink>
        {item.mode ? (
          <span className={classes.mode} data-mode={item.mode}>
            {item.mode === 'live' ? 'Live' : 'Test'}
          </span>
        ) : null}
        <Text size="sm" c="dimmed" className={classes.advice}>
          {advice}
          {switchesTo ? ` Opening it switches to ${switchesTo} mode.` : ''}
        </Text>
      </div>
      <Text size="sm" className={`${shared.age} ${classes.since}`}>
        {since ? <Age at={since} /> : null}
      </Text>
    </li>
  );
}
