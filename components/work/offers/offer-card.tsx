'use client';

import { Box, Button, Group, Text, VisuallyHidden } from '@mantine/core';
import Link from 'next/link';
import { useState } from 'react';
import { Amount } from '@/components/ui/values/amount';
import { clockText, humanise, sats } from '@/components/ui/values/humanise';
import { Countdown, useNow } from '@/components/ui/values/now';
import { CommandKey } from '@/components/work/keys/key-cap';
import { hourlyText, paceSource, paceText } from '@/components/work/pace-text';
import classes from './offers.module.css';
import type { Offer } from './use-offers';

/** A task that waits for its worker's yes: what it is, what it pays, and how long it waits. */
export function OfferCard(props: {
  offer: Offer;
  isFirst: boolean;
  onAccept: () => void;
  onDecline: () => void;
}) {
  const { offer, isFirst } = props;
  const { task } = offer;
  const name = `${humanise(task.type)}, ${sats(task.payoutSats)}`;
  return (
    <div className={classes.offer}>
      <OfferRing offer={offer} />
      <Box flex="1 1 auto" miw={0}>
        <Text fw={600}>{humanise(task.type)}</Text>
        <Text size="sm" c="dimmed">
          Offered to you{offer.backup ? ' as backup; the first good answer wins' : ''}. If you do
          not accept, it goes to somebody else at no cost to you.
        </Text>
      </Box>
      <dl className={classes.facts}>
        <div>
          <dt>Pays</dt>
          <dd className="tabular">
            <Amount sats={task.payoutSats} />
          </dd>
        </div>
        <div>
          <dt>Takes</dt>
          <dd className="tabular">{paceText(offer.pace)}</dd>
        </div>
        <div>
          <dt>Comes to</dt>
          <dd className="tabular" title={paceSource(offer.pace)}>
            {hourlyText(offer.pace) || 'Not known'}
          </dd>
        </div>
        <div>
          <dt>Closes in</dt>
          <dd>
            <Countdown until={task.expiresAt} />
          </dd>
        </div>
      </dl>
      <Group gap="sm" className={classes.actions}>
        <Button
          variant="default"
          onClick={props.onDecline}
          aria-label={`Decline ${name}`}
          rightSection={isFirst ? <CommandKey name="decline" /> : null}
        >
          Decline
        </Button>
        <Button
          component={Link}
          href={`/work/tasks/${offer.id}`}
          prefetch={false}
          onClick={props.onAccept}
          aria-label={`Accept ${name}`}
          rightSection={isFirst ? <CommandKey name="accept" /> : null}
        >
          Accept
        </Button>
      </Group>
    </div>
  );
}

const RADIUS = 20;
const AROUND = 2 * Math.PI * RADIUS;

/** The time to accept, as a ring that empties and as seconds; told to screen readers at its end. */
export function OfferRing({ offer }: { offer: Pick<Offer, 'createdAt' | 'lapsesAt'> }) {
  const now = useNow(500);
  const wholeMs = Math.max(1, offer.lapsesAt.getTime() - offer.createdAt.getTime());
  const leftMs = now === null ? wholeMs : Math.max(0, offer.lapsesAt.getTime() - now);
  const seconds = Math.ceil(leftMs / 1_000);
  return (
    <div className={classes.ring} data-urgent={seconds <= 10 || undefined}>
      <svg viewBox="0 0 48 48" aria-hidden="true" focusable="false">
        <circle cx="24" cy="24" r={RADIUS} className={classes.ringTrack} />
        <circle
          cx="24"
          cy="24"
          r={RADIUS}
          className={classes.ringLeft}
          strokeDasharray={AROUND}
          strokeDashoffset={AROUND * (1 - Math.min(1, leftMs / wholeMs))}
        />
      </svg>
      <span className={classes.ringText} role="timer" aria-label="Time to accept">
        {now === null ? '' : seconds < 60 ? seconds : clockText(seconds)}
      </span>
      <SpokenSeconds seconds={seconds} />
    </div>
  );
}

/** Says the last ten seconds once, rather than each. */
function SpokenSeconds({ seconds }: { seconds: number }) {
  const [startedUrgent] = useState(seconds <= 10);
  const isSaid = seconds <= 10 && seconds > 0 && !startedUrgent;
  return (
    <VisuallyHidden role="status">{isSaid ? 'Ten seconds left to accept.' : ''}</VisuallyHidden>
  );
}
