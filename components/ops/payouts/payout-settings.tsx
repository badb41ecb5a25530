'use client';

import { useTRPC } from '@/components/trpc/trpc-provider';
import { useAct } from '@/components/trpc/use-act';
import { Card } from '@/components/ui/card';
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
  const save = useAct(trpc.settings.savePayouts, {
    done: 'Saved, for workers who join from now on.',
    refresh: [trpc.settings.pathFilter()],
    quiet: true,
  });
  return (
    <Card title="Payouts">
      <NumberForm fields={FIELDS} saved={numbers} contract={fetchContract} save={save} />
    </Card>
  );
}
