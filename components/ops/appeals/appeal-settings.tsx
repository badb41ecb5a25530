'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Card } from '@/components/ui/card';
import { tell } from '@/components/ui/notices';
import type { AppealNumbers } from '@/server/features/settings/schema';
import { NumberForm } from '../number-form';

const fetchContract = () =>
  import('@/server/features/settings/schema').then(({ AppealNumbers }) => AppealNumbers);

const FIELDS = [
  { name: 'hours', label: 'Hours until decided in the worker’s favour', min: 1, max: 720 },
  { name: 'openPerWorker', label: 'Open appeals of one worker, at most', min: 1, max: 100 },
] as const;

/** How long an appeal may take, and how many may be open. */
export function AppealSettings({ numbers }: { numbers: AppealNumbers }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const save = useMutation(
    trpc.settings.saveAppeals.mutationOptions({
      onSuccess: () => tell('Saved, for appeals that are made from now on.'),
      onSettled: () => queryClient.invalidateQueries(trpc.settings.pathFilter()),
    }),
  );
  return (
    <Card title="Appeals">
      <NumberForm fields={FIELDS} saved={numbers} contract={fetchContract} save={save} />
    </Card>
  );
}
