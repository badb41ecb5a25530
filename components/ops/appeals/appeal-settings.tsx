'use client';

import { useTRPC } from '@/components/trpc/trpc-provider';
import { useAct } from '@/components/trpc/use-act';
import { Card } from '@/components/ui/card';
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
  const save = useAct(trpc.settings.saveAppeals, {
    done: 'Saved, for appeals that are made from now on.',
    refresh: [trpc.settings.pathFilter()],
    quiet: true,
  });
  return (
    <Card title="Appeals">
      <NumberForm fields={FIELDS} saved={numbers} contract={fetchContract} save={save} />
    </Card>
  );
}
