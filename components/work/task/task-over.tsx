'use client';

import { Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useEffect, useState } from 'react';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Card } from '@/components/ui/card';
import { JsonBlock } from '@/components/ui/code/code-block';
import { PageBody } from '@/components/ui/frame/app-frame';
import { PageHeader } from '@/components/ui/page-header';
import { Countdown } from '@/components/ui/values/now';
import { type LocalDraft, readLocalDraft } from '@/components/work/answers/draft-storage';
import { useUndo } from '@/components/work/answers/use-undo';
import type { Assignment } from './assignment';

const ENDS: Record<string, { title: string; text: string }> = {
  submitted: {
    title: 'Submitted',
    text: 'Your answer is in. The history shows what becomes of it.',
  },
  released: {
    title: 'This task is over',
    text: 'It was given back, or it ended without your answer.',
  },
  lapsed: {
    title: 'Your time ran out',
    text: 'The task went to somebody else. Nothing is held against a slow answer but the time.',
  },
};

/** What became of an assignment, and what was written for it if that was not handed in. */
export function TaskOver({ assignment }: { assignment: Assignment }) {
  const end = ENDS[assignment.status] ?? ENDS.released;
  return (
    <PageBody>
      <div role="alert">
        <PageHeader
          title={end?.title}
          about={`${assignment.task.title}. ${assignment.releaseReason ?? end?.text}`}
          actions={<BackToQueue />}
        />
      </div>
      {assignment.status === 'submitted' ? null : <Unsent assignmentId={assignment.id} />}
    </PageBody>
  );
}

function Unsent({ assignmentId }: { assignmentId: string }) {
  const trpc = useTRPC();
  const draft = useQuery(trpc.assignments.draft.queryOptions({ assignmentId }));
  const [local, setLocal] = useState<LocalDraft | null>(null);
  useEffect(() => setLocal(readLocalDraft(assignmentId)), [assignmentId]);
  // What was typed last may have reached this browser's storage only.
  const isLocalNewer = local && local.savedAtMs > (draft.data?.savedAt.getTime() ?? 0);
  const text = isLocalNewer ? local.value : draft.data?.value;
  if (text === undefined || (draft.isPending && !isLocalNewer)) return null;
  return (
    <Card title="What you had written">
      <Text size="sm" c="dimmed" mb="sm">
        It was not handed in. It is kept here for a week, for you to copy.
      </Text>
      <JsonBlock value={text} label="your draft" />
    </Card>
  );
}

/** The task page while its answer can still be taken back. */
export function TaskWaiting({ assignment }: { assignment: Assignment }) {
  const { undo, undoing } = useUndo();
  return (
    <PageBody>
      <PageHeader
        title="Your answer is on its way"
        about={
          assignment.submitsAt ? (
            <>
              It is handed in in <Countdown until={assignment.submitsAt} urgentSeconds={0} />, also
              if you close this page.
            </>
          ) : null
        }
        actions={
          <>
            <Button loading={undoing} onClick={() => undo({ assignmentId: assignment.id })}>
              Undo
            </Button>
            <BackToQueue />
          </>
        }
      />
    </PageBody>
  );
}

export function BackToQueue() {
  return (
    <Button component={Link} href="/work" variant="default">
      To the queue
    </Button>
  );
}
