'use client';

import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Card } from '@/components/ui/card';
import { QueryFailure } from '@/components/ui/failures/query-state';
import { humanise } from '@/components/ui/values/humanise';
import { Age } from '@/components/ui/values/now';
import type { PausedWorker } from '@/server/features/people/schema';
import classes from './people.module.css';
import { LiftTypePause } from './person-types';

const RETURNS: Record<PausedWorker['returnsBy'], string> = {
  own_quiz: 'They return by a quiz of your golds.',
  shipped_quiz: 'They return by the quiz of this type.',
  probation: 'They return by themselves, and are then checked as somebody new.',
  person: 'Only somebody here or an operator lifts it.',
};

/** Whom the organization's types are paused for, of the public pool as well; nothing where nobody is. */
export function PausedWorkers({ manages }: { manages: boolean }) {
  const trpc = useTRPC();
  const pauses = useQuery(trpc.people.pauses.queryOptions());
  if (pauses.isError) return <QueryFailure query={pauses} />;
  if (!pauses.data || pauses.data.length === 0) return null;
  return (
    <Card title={`Paused for your types (${pauses.data.length})`}>
      <Text size="sm" c="dimmed" mb="sm">
        Who was too often wrong on your golds gets no more tasks of that type from you. Workers of
        the public pool stay unnamed.
      </Text>
      <ul className={classes.types} aria-label="Paused workers">
        {pauses.data.map((pause) => (
          <li key={pause.id}>
            <span>
              <strong>{pause.worker}</strong> {humanise(pause.type)}{' '}
              <span className={classes.soft}>
                <Age at={pause.pausedAt.toISOString()} /> · {pause.reason}{' '}
                {RETURNS[pause.returnsBy]}
              </span>
            </span>
            {manages ? (
              <LiftTypePause pause={pause} of={`${humanise(pause.type)} of ${pause.worker}`} />
            ) : null}
          </li>
        ))}
      </ul>
    </Card>
  );
}
