'use client';

import { Anchor, Button, Group, Progress, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import classes from '@/components/dashboard/tasks/tasks.module.css';
import { useTRPC, useTRPCClient } from '@/components/trpc/trpc-provider';
import { Dialog } from '@/components/ui/dialogs/dialog';
import { tellFailure } from '@/components/ui/notices';
import { PromptLink } from '@/components/ui/prompt-link';
import type { CancelResult } from '@/server/features/tasks/cancel-tasks';

/** Tasks cancelled in one request, so that the bar moves and a lost connection loses little. */
const AT_ONCE = 20;

interface BulkBarProps {
  ids: string[];
  clear: () => void;
}

/** What can be done with the selected tasks, and what became of each. */
export function BulkBar({ ids, clear }: BulkBarProps) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState(false);
  const [done, setDone] = useState<number | null>(null);
  const [results, setResults] = useState<CancelResult[] | null>(null);
  const run = async () => {
    const all: CancelResult[] = [];
    setDone(0);
    try {
      for (let start = 0; start < ids.length; start += AT_ONCE) {
        const some = ids.slice(start, start + AT_ONCE);
        all.push(...(await client.tasks.cancelMany.mutate({ ids: some })));
        setDone(all.length);
      }
    } catch (error) {
      tellFailure(error);
    }
    setDone(null);
    setAsking(false);
    if (all.length > 0) setResults(all);
    void queryClient.invalidateQueries(trpc.tasks.pathFilter());
    void queryClient.invalidateQueries(trpc.ledger.pathFilter());
  };
  const close = () => {
    setResults(null);
    clear();
  };
  const count = `${ids.length} ${ids.length === 1 ? 'task' : 'tasks'}`;
  return (
    <>
      {ids.length > 0 ? (
        <section className={classes.bulk} aria-label="Selected tasks">
          <Text size="sm" fw={500} aria-live="polite">
            {count} selected
          </Text>
          <Group gap="xs">
            <Button size="xs" variant="default" onClick={() => setAsking(true)}>
              Cancel tasks
            </Button>
            <Button size="xs" variant="subtle" color="gray" onClick={clear}>
              Clear selection
            </Button>
          </Group>
        </section>
      ) : null}
      <Dialog
        opened={asking}
        onClose={() => done === null && setAsking(false)}
        title={`Cancel ${count}?`}
      >
        <Text size="sm">
          No worker will answer them, and what they hold is free again. Tasks that are answered or
          over stay as they are.
        </Text>
        {done === null ? null : (
          <Progress value={(done / ids.length) * 100} mt="md" aria-label="Cancelling" />
        )}
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={() => setAsking(false)} disabled={done !== null}>
            Keep them
          </Button>
          <Button color="red" loading={done !== null} onClick={() => void run()}>
            Cancel {count}
          </Button>
        </Group>
      </Dialog>
      <Results results={results} onClose={close} />
    </>
  );
}

function Results({ results, onClose }: { results: CancelResult[] | null; onClose: () => void }) {
  const refused = results?.filter((result) => !result.ok) ?? [];
  const cancelled = (results?.length ?? 0) - refused.length;
  return (
    <Dialog opened={results !== null} onClose={onClose} title={`${cancelled} cancelled`} size="lg">
      {refused.length === 0 ? (
        <Text size="sm">All of them are cancelled, and what they held is free again.</Text>
      ) : (
        <>
          <Text size="sm" mb="sm">
            {refused.length} could not be cancelled:
          </Text>
          <ul className={classes.results}>
            {refused.map((result) => (
              <li key={result.id}>
                <Anchor component={PromptLink} href={`/dashboard/tasks/${result.id}`} size="sm">
                  <span className="mono">{result.id}</span>
                </Anchor>
                <Text size="sm">{result.ok ? '' : result.message}</Text>
              </li>
            ))}
          </ul>
        </>
      )}
      <Group justify="flex-end" mt="lg">
        <Button onClick={onClose}>Done</Button>
      </Group>
    </Dialog>
  );
}
