import { redirect } from 'next/navigation';
import { frameOf, pageSession } from '@/server/doors/page-session';
import { pageCaller } from '@/server/doors/trpc/prefetch';
import { FindPayouts, type PayoutLine } from '@/server/features/payouts/schema';
import { csvLine } from '@/server/platform/csv-line';
import { listDownload } from '@/server/transport/list-download';

const PAYOUTS_AT_ONCE = 500;
const COLUMNS =
  'payout_id mode status trouble amount_sats rail destination organization_id organization worker_id worker task_id tries failure_reason hold_reason created_at next_attempt_at paid_at reason'.split(
    ' ',
  );

/** All payouts of the list with the same filters, as CSV. */
export async function GET(request: Request): Promise<Response> {
  const frame = await frameOf(await pageSession());
  if (!frame) redirect('/sign-in?next=/ops/payouts');
  if (!frame.isOperator) {
    return new Response('Only operators can manage payouts.\n', { status: 403 });
  }
  const query = FindPayouts.safeParse({
    ...Object.fromEntries(new URL(request.url).searchParams),
    limit: PAYOUTS_AT_ONCE,
  });
  if (!query.success) {
    return new Response(`${query.error.issues[0]?.message ?? 'Not valid.'}\n`, { status: 400 });
  }
  const { payouts } = await pageCaller();
  return listDownload<PayoutLine>({
    name: 'payouts',
    format: 'csv',
    head: csvLine(COLUMNS),
    line: (payout) =>
      csvLine([
        payout.id,
        payout.mode,
        payout.status,
        payout.trouble,
        payout.amountSats,
        payout.rail,
        payout.destination,
        payout.organizationId,
        payout.organization,
        payout.workerId,
        payout.worker,
        payout.taskId,
        payout.attempts,
        payout.failureReason,
        payout.holdReason,
        payout.createdAt.toISOString(),
        payout.nextAttemptAt?.toISOString() ?? null,
        payout.paidAt?.toISOString() ?? null,
        payout.reason,
      ]),
    async read(after) {
      const page = await payouts.find({ ...query.data, ...(after ? { after } : {}) });
      return { data: page.data, next: page.next_cursor };
    },
  });
}
