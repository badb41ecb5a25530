'use client';

import { Alert, Button, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { useRouter, useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { EmptyState } from '@/components/ui/empty-state';
import { PageBody } from '@/components/ui/frame/app-frame';
import { Icon } from '@/components/ui/icons';
import { tellFailure } from '@/components/ui/notices';
import { PageHeader } from '@/components/ui/page-header';
import { QueryCard } from '@/components/ui/query-card';
import { saveFile } from '@/components/ui/save-file';
import type { Gold } from '@/server/features/golds/schema';
import { BackToType } from '../task-types/back-to-type';
import { GoldCandidates } from './gold-candidates';
import { GoldRow } from './gold-row';
import { ImportGolds } from './import-golds';

/** Fetched when a gold is added: it has the worker's form, which weighs as much as the page. */
const AddGoldCard = dynamic(() => import('./add-gold').then((file) => file.AddGoldCard));

/** The tasks of a type whose answer is known: what they say, and how well they tell good from bad. */
export function GoldsPage({ type, mayChange }: { type: string; mayChange: boolean }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const from = useSearchParams()?.get('from') ?? null;
  const list = useQuery(trpc.golds.list.queryOptions({ type }));
  const [open, setOpen] = useState<'add' | 'import' | null>(from ? 'add' : null);
  const done = async () => {
    setOpen(null);
    if (from) router.replace(window.location.pathname, { scroll: false });
    await queryClient.invalidateQueries(trpc.golds.pathFilter());
  };
  const download = useMutation({
    mutationFn: () =>
      queryClient.fetchQuery(trpc.golds.export.queryOptions({ type }, { staleTime: 0 })),
    onError: tellFailure,
    onSuccess: (text) => saveFile(`golds-${type}.jsonl`, 'application/x-ndjson', text),
  });
  const golds = list.data?.golds ?? [];
  return (
    <PageBody wide>
      <BackToType type={type} />
      <PageHeader
        title="Golds"
        about="Tasks whose answer is known. They tell how far each worker can be relied on."
        actions={
          <>
            {golds.length > 0 ? (
              <Button
                variant="default"
                loading={download.isPending}
                onClick={() => download.mutate()}
              >
                Export
              </Button>
            ) : null}
            {mayChange ? (
              <>
                <Button
                  variant="default"
                  onClick={() => setOpen(open === 'import' ? null : 'import')}
                >
                  Import
                </Button>
                <Button onClick={() => setOpen(open === 'add' ? null : 'add')}>Add a gold</Button>
              </>
            ) : null}
          </>
        }
      />
      <Stack gap="lg">
        {open === 'add' && mayChange ? (
          <AddGoldCard type={type} from={from} onDone={done} onCancel={() => setOpen(null)} />
        ) : null}
        {open === 'import' && mayChange ? (
          <ImportGolds type={type} onDone={done} onCancel={() => setOpen(null)} />
        ) : null}
        <Text size="sm" c="dimmed">
          In live mode your own golds are mixed into the queue, where workers cannot tell them from
          your tasks: every third task of a worker’s at first, down to every twentieth with the
          evidence, or the type’s gold rate. A gold answered right is paid like any other task, from
          your balance; those kept for the quiz and retired ones are not mixed in.
        </Text>
        {list.data && list.data.shipped > 0 ? (
          <Text size="sm" c="dimmed">
            {list.data.shipped} golds ship with this type, for its quiz; they cost you nothing and
            are not mixed in. What they say stays secret, since workers could sign up here too.
          </Text>
        ) : null}
        <GoldCandidates type={type} mayChange={mayChange} />
        <RetiredNotice golds={golds} />
        <QueryCard
          query={list}
          title={golds.length > 0 ? `Your own (${golds.length})` : 'Your own'}
          wait={{ height: 80, label: 'Loading the golds', width: undefined }}
        >
          {list.data && golds.length === 0 ? (
            <EmptyState icon={<Icon name="check" />} title="No golds of your own yet">
              Add tasks of which you know the answer: by the form, from a file, or from a verified
              task.
            </EmptyState>
          ) : null}
          {golds.map((gold) => (
            <GoldRow key={gold.id} gold={gold} mayChange={mayChange} />
          ))}
        </QueryCard>
      </Stack>
    </PageBody>
  );
}

/** Says which golds retired themselves, as long as nobody has looked at them. */
function RetiredNotice({ golds }: { golds: readonly Gold[] }) {
  const retired = golds.filter(({ retiredFor }) => retiredFor !== null).length;
  if (retired === 0) return null;
  return (
    <Alert color="orange" icon={<Icon name="warning" />} role="status">
      {retired === 1 ? 'A gold retired itself' : `${retired} golds retired themselves`}, since the
      known answer is likely wrong. Each says why; bring it back where the answer holds.
    </Alert>
  );
}
