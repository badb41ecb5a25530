'use client';

import { Button, Text } from '@mantine/core';
import type { inferRouterOutputs } from '@trpc/server';
import Link from 'next/link';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { FailureNotice } from '@/components/ui/failures/failure-notice';
import { Icon } from '@/components/ui/icons';
import { Loading } from '@/components/ui/loading';
import { Amount } from '@/components/ui/values/amount';
import { humanise } from '@/components/ui/values/humanise';
import { Countdown } from '@/components/ui/values/now';
import { OfferCard } from '@/components/work/offers/offer-card';
import { useOffers } from '@/components/work/offers/use-offers';
import { usePresence } from '@/components/work/presence/presence-context';
import classes from '@/components/work/work.module.css';
import type { AppRouter } from '@/server/trpc';

type Assignments = inferRouterOutputs<AppRouter>['assignments']['list'];

interface YourTasksProps {
  assignments: Assignments | undefined;
  error: unknown;
  onRetry: () => void;
}

/** What the worker is offered or holds, each with the time it waits. */
export function YourTasks({ assignments, error, onRetry }: YourTasksProps) {
  const { online, setOnline } = usePresence();
  const { offers, start, decline } = useOffers();
  if (error && !assignments) return <FailureNotice error={error} onRetry={onRetry} />;
  const held = assignments?.filter((each) => each.status !== 'offered' || each.submitsAt) ?? [];
  return (
    <Card flush title="Your tasks">
      {assignments ? null : <Loading height={14} m={20} width="50%" />}
      {offers?.map((offer, index) => (
        <OfferCard
          key={offer.id}
          offer={offer}
          isFirst={index === 0}
          onAccept={() => start(offer.id)}
          onDecline={() => decline(offer.id)}
        />
      ))}
      {held.map((assignment) => (
        <Held key={assignment.id} assignment={assignment} />
      ))}
      {assignments?.length === 0 && online ? (
        <EmptyState icon={<Icon name="bolt" />} title="You are online">
          The next task that fits you is offered here by itself. You can also take one below.
        </EmptyState>
      ) : null}
      {assignments?.length === 0 && !online ? (
        <EmptyState
          icon={<Icon name="inbox" />}
          title="You are offline"
          action={<Button onClick={() => setOnline(true)}>Go online</Button>}
        >
          Go online to be offered tasks, or take one from the queue below.
        </EmptyState>
      ) : null}
    </Card>
  );
}

function Held({ assignment }: { assignment: Assignments[number] }) {
  return (
    <div className={classes.assignment}>
      <div className={classes.grow}>
        <Text fw={500}>{humanise(assignment.task.type)}</Text>
        <Text size="sm" c="dimmed">
          {assignment.submitsAt ? 'Answered, about to be handed in' : 'Started'}
          {assignment.backup ? ' as backup; the first good answer wins' : ''}
        </Text>
      </div>
      <Text className="tabular">
        <Amount sats={assignment.task.payoutSats} />
      </Text>
      <div>
        <Text size="xs" c="dimmed">
          Time left
        </Text>
        <span className={classes.timer}>
          <Countdown until={assignment.lapsesAt} />
        </span>
      </div>
      <Button component={Link} href={`/work/tasks/${assignment.id}`}>
        {assignment.submitsAt ? 'Look' : 'Continue'}
      </Button>
    </div>
  );
}
