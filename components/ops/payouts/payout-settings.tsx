'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Card } from '@/components/ui/card';
import { tell } from '@/components/ui/notices';
import type { PayoutNumbers } from '@/server/features/settings/schema';
import { NumberForm } from '../number-form';

const fetchContract = () =>
  import('@/server/features/settings/schema').then(({ PayoutNumbers }) => PayoutNumbers);

const FIELDS = [
  { name: 'newWorkerHoldDays', label: 'Days new public workers wait to be paid', min: 0, max: 90 },
] as const;

/** How long the payouts of those wait who are new. */
export function PayoutSettings({ numbers }: { numbers: PayoutNumbers }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const save = useMutation(
    trpc.settings.savePayouts.mutationOptions({
      onSuccess: () => tell('Saved, for workers who join from now on.'),
      onSettled: () => queryClient.invalidateQueries(trpc.settings.pathFilter()),
    }),
  );
  return (
    <Card title="Payouts">
      <NumberForm fields={FIELDS} saved={numbers} contract={fetchContract} save={save} />
    </Card>
  );
}
