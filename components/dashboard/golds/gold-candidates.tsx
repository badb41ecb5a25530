'use client';

import { Anchor, Button, Group, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Card } from '@/components/ui/card';
import { QueryFailure } from '@/components/ui/failures/query-state';
import { tell, tellFailure } from '@/components/ui/notices';
import { Age } from '@/components/ui/values/now';
import type { GoldCandidate } from '@/server/features/golds/schema';
import classes from '../task-types/task-types.module.css';
import { GoldDetails } from './gold-details';
import { summaryOf } from './summary-of';

/** Tasks that reviewers decided and offered as golds; nothing where there are none. */
export function GoldCandidates({ type, mayChange }: { type: string; mayChange: boolean }) {
  const trpc = useTRPC();
  const candidates = useQuery(trpc.golds.candidates.queryOptions({ type }));
  if (candidates.isError) return <QueryFailure query={candidates} />;
  if (!candidates.data || candidates.data.length === 0) return null;
  return (
    <Card title={`Offered by reviewers (${candidates.data.length})`} flush>
      {candidates.data.map((candidate) => (
        <CandidateRow key={candidate.id} candidate={candidate} mayChange={mayChange} />
      ))}
    </Card>
  );
}

function CandidateRow(props: { candidate: GoldCandidate; mayChange: boolean }) {
  const { candidate } = props;
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const settled = {
    onError: tellFailure,
    onSettled: () => queryClient.invalidateQueries(trpc.golds.pathFilter()),
  };
  const take = useMutation(
    trpc.golds.takeCandidate.mutationOptions({
      ...settled,
      onSuccess: () => tell('It is a gold now.'),
    }),
  );
  const dismiss = useMutation(trpc.golds.dismissCandidate.mutationOptions(settled));
  const busy = take.isPending || dismiss.isPending;
  const title = summaryOf(candidate.payload);
  return (
    <div className={classes.row} data-testid="gold-candidate">
      <div className={classes.grow}>
        <GoldDetails title={title} gold={candidate} answerLabel="decided answer" />
        <Text size="xs" c="dimmed" component="div">
          Offered <Age at={candidate.createdAt} /> ·{' '}
          <Anchor component={Link} size="xs" href={`/dashboard/tasks/${candidate.taskId}`}>
            the task
          </Anchor>
        </Text>
      </div>
      {props.mayChange ? (
        <Group gap={8}>
          <Button
            size="compact-xs"
            variant="default"
            disabled={busy}
            aria-label={`Make a gold: ${title}`}
            onClick={() => take.mutate({ id: candidate.id })}
          >
            Make a gold
          </Button>
          <Button
            size="compact-xs"
            variant="subtle"
            color="red"
            disabled={busy}
            aria-label={`Dismiss: ${title}`}
            onClick={() => dismiss.mutate({ id: candidate.id })}
          >
            Dismiss
          </Button>
        </Group>
      ) : null}
    </div>
  );
}
