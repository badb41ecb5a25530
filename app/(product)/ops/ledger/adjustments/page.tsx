import type { Metadata } from 'next';
import { AdjustmentsPage } from '@/components/ops/ledger/adjustments-page';
import { frameOf, pageSession } from '@/server/doors/page-session';

export const metadata: Metadata = { title: 'Adjustments' };

export default async function OpsAdjustmentsPage() {
  const mode = (await frameOf(await pageSession()))?.mode ?? 'live';
  return <AdjustmentsPage mode={mode} />;
}
