'use client';

import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { humanise } from '@/components/ui/values/humanise';
import { useNow } from '@/components/ui/values/now';
import { CommandKey } from '@/components/work/keys/key-cap';
import { useCommands } from '@/components/work/keys/keys-context';
import { usePresence } from '@/components/work/presence/presence-context';
import classes from '@/components/work/work.module.css';
import { useUndo } from './use-undo';

/** Answers that can still be taken back, on whichever of the worker's pages. */
export function WaitingAnswers() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { refetchInterval } = usePresence();
  const assignments = useQuery(trpc.assignments.list.queryOptions(undefined, { refetchInterval }));
  const { undo, undoing } = useUndo();
  const now = useNow(250);
  const waiting = (assignments.data ?? []).flatMap(({ id, task, submitsAt }) =>
    submitsAt && now !== null && submitsAt.getTime() > now
      ? [{ id, type: task.type, seconds: Math.ceil((submitsAt.getTime() - now) / 1000) }]
      : [],
  );
  const last = waiting.at(-1);
  useCommands(last ? { undo: () => undo({ assignmentId: last.id }) } : {});
  const count = waiting.length;
  // Once the last one's time is up, it is on its way to be verified.
  useEffect(() => {
    if (count > 0) return () => void queryClient.invalidateQueries(trpc.assignments.pathFilter());
  }, [count, queryClient, trpc]);
  return (
    <>
      <div role="status" className="visually-hidden">
        {last ? `Your answer is handed in within ten seconds. Undo takes it back.` : ''}
      </div>
      {count > 0 ? (
        <section className={classes.waiting} aria-label="Answers that can be taken back">
          {waiting.map((each) => (
            <div key={each.id} className={classes.waitingRow}>
              <span>
                {humanise(each.type)}: handed in in{' '}
                <span className="tabular">{each.seconds} s</span>
              </span>
              <Button
                size="xs"
                variant="default"
                loading={undoing}
                onClick={() => undo({ assignmentId: each.id })}
                rightSection={each.id === last?.id ? <CommandKey name="undo" /> : null}
              >
                Undo
              </Button>
            </div>
          ))}
        </section>
      ) : null}
    </>
  );
}
