'use client';

import { Badge, Button, Group, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { tellFailure } from '@/components/ui/notices';
import { Age } from '@/components/ui/now';
import type { Gold } from '@/server/features/golds/schema';
import classes from '../task-types/task-types.module.css';
import { GoldDetails } from './gold-details';
import { summaryOf } from './summary-of';

const STATES: Record<Gold['health']['state'], { label: string; color: string }> = {
  unknown: { label: 'Too few answers', color: 'gray' },
  healthy: { label: 'Healthy', color: 'rail' },
  watch: { label: 'Look at it', color: 'orange' },
  retire: { label: 'Better retired', color: 'red' },
};

const FAULTS: Record<NonNullable<Gold['retiredFor']>, string> = {
  overturned: 'A worker disagreed with it and was right.',
  best_disagree: 'Workers who are right on your other golds gave another answer.',
  misleads: 'Workers who are better elsewhere are worse at this one.',
};

const percent = (share: number) => `${Math.round(share * 100)} %`;

/** One gold: what it says at a glance, how it fares, and the whole of it when opened. */
export function GoldRow({ gold, mayChange }: { gold: Gold; mayChange: boolean }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const change = useMutation(
    trpc.golds.change.mutationOptions({
      onError: tellFailure,
      onSettled: () => queryClient.invalidateQueries(trpc.golds.pathFilter()),
    }),
  );
  const title = summaryOf(gold.payload);
  return (
    <div className={classes.row} data-testid="gold">
      <div className={classes.grow}>
        <GoldDetails title={title} gold={gold} answerLabel="known answer" />
        <Text size="xs" c="dimmed" component="div">
          Added <Age at={gold.createdAt.toISOString()} />
          {gold.explanation ? '' : ' · no explanation'}
        </Text>
        <OwnRetirement gold={gold} />
      </div>
      <HealthFigures health={gold.health} />
      <Group gap={8}>
        {gold.quiz ? <Badge color="gray">Quiz</Badge> : null}
        {gold.retiredAt ? <Badge color={gold.retiredFor ? 'orange' : 'gray'}>Retired</Badge> : null}
        {mayChange ? (
          <>
            <Button
              variant="subtle"
              size="compact-xs"
              disabled={change.isPending}
              aria-label={
                gold.quiz ? `Serve in the queue: ${title}` : `Keep for the quiz: ${title}`
              }
              onClick={() => change.mutate({ id: gold.id, quiz: !gold.quiz })}
            >
              {gold.quiz ? 'Serve in the queue' : 'Keep for the quiz'}
            </Button>
            <Button
              variant="subtle"
              size="compact-xs"
              color={gold.retiredAt ? undefined : 'red'}
              disabled={change.isPending}
              aria-label={gold.retiredAt ? `Bring back: ${title}` : `Retire: ${title}`}
              onClick={() => change.mutate({ id: gold.id, retired: gold.retiredAt === null })}
            >
              {gold.retiredAt ? 'Bring back' : 'Retire'}
            </Button>
          </>
        ) : null}
      </Group>
    </div>
  );
}

/** How it fares: the share that is right, and how well it tells good workers from others. */
function HealthFigures({ health }: Pick<Gold, 'health'>) {
  return (
    <>
      <div className={classes.figure}>
        {health.served === 0 ? 'Not served yet' : `${percent(health.share)} right`}
        <small>
          {health.served === 0
            ? ''
            : `of ${health.served}, ${percent(health.lower)}–${percent(health.upper)}`}
        </small>
      </div>
      <div className={classes.figure}>
        <Badge color={STATES[health.state].color}>{STATES[health.state].label}</Badge>
        {health.discrimination === null ? null : (
          <small>
            better workers {percent(health.discrimination)} more often right
            {health.agreementOfBest === null
              ? ''
              : `, ${percent(health.agreementOfBest)} of the best agree`}
          </small>
        )}
        {health.overturned > 0 ? <small>overturned {health.overturned} times</small> : null}
      </div>
    </>
  );
}

/** Why it retired itself, or that somebody has vouched for it since. */
function OwnRetirement({ gold: { retiredFor, retiredAt, vouchedAt } }: { gold: Gold }) {
  if (retiredFor) {
    return (
      <Text size="sm" mt={4}>
        It retired itself: {FAULTS[retiredFor]} Its answers count for and against nobody. Bring it
        back to vouch for it.
      </Text>
    );
  }
  if (!vouchedAt || retiredAt) return null;
  return (
    <Text size="xs" c="dimmed">
      Vouched for <Age at={vouchedAt.toISOString()} />; its health is judged by answers since.
    </Text>
  );
}
