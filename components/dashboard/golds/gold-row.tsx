'use client';

import { Badge, Button, Group, Text } from '@mantine/core';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { useAct } from '@/components/trpc/use-act';
import { Age } from '@/components/ui/values/now';
import type { Gold } from '@/server/features/golds/schema';
import classes from '../task-types/task-types.module.css';
import { GoldDetails } from './gold-details';
import { HealthFigures, OwnRetirement } from './gold-health';
import { summaryOf } from './summary-of';

/** One gold: what it says at a glance, how it fares, and the whole of it when opened. */
export function GoldRow({ gold, mayChange }: { gold: Gold; mayChange: boolean }) {
  const trpc = useTRPC();
  const change = useAct(trpc.golds.change, { refresh: [trpc.golds.pathFilter()] });
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
