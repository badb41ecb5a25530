import { redirect } from 'next/navigation';
import { pageSession } from '@/server/doors/page-session';
import { pageCaller } from '@/server/doors/trpc/prefetch';
import { type EarningsLine, EarningsQuery } from '@/server/features/ledger/schema';
import { csvLine } from '@/server/platform/csv-line';
import { listDownload } from '@/server/transport/list-download';

const LINES_AT_ONCE = 1_000;

/** The worker's statement in the selected mode, filtered like its page. */
export async function GET(request: Request): Promise<Response> {
  if (!(await (await pageSession()).worker())) redirect('/sign-in?next=/work/earnings');
  const query = EarningsQuery.safeParse({
    ...Object.fromEntries(new URL(request.url).searchParams),
    limit: LINES_AT_ONCE,
  });
  if (!query.success) {
    return new Response(`${query.error.issues[0]?.message ?? 'Not valid.'}\n`, { status: 400 });
  }
  const { ledger } = await pageCaller();
  return listDownload<EarningsLine>({
    name: 'earnings',
    format: 'csv',
    head: csvLine([
      ...['id', 'created_at', 'kind', 'what', 'task_type', 'reason', 'balance_sats'],
      ...['on_the_way_sats', 'balance_after_sats', 'on_the_way_after_sats'],
    ]),
    line: (line) =>
      csvLine([
        ...[line.id, line.createdAt, line.kind, line.what, line.taskType, line.reason],
        ...[line.payableSats, line.inFlightSats, line.payableAfterSats, line.inFlightAfterSats],
      ]),
    async read(after) {
      const page = await ledger.earnings({ ...query.data, ...(after ? { after } : {}) });
      return { data: page.data, next: page.next_cursor };
    },
  });
}
