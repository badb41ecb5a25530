import { redirect } from 'next/navigation';
import { pageSession } from '@/server/doors/page-session';
import { pageCaller } from '@/server/doors/trpc/prefetch';
import { type StatementLine, StatementQuery } from '@/server/features/ledger/schema';
import { csvLine } from '@/server/platform/csv-line';
import { listDownload } from '@/server/transport/list-download';

const LINES_AT_ONCE = 1_000;

/** The statement of the selected organization and mode, filtered like its page. */
export async function GET(request: Request): Promise<Response> {
  if (!(await (await pageSession()).member())) redirect('/sign-in?next=/dashboard/billing');
  const query = StatementQuery.safeParse({
    ...Object.fromEntries(new URL(request.url).searchParams),
    limit: LINES_AT_ONCE,
  });
  if (!query.success) {
    return new Response(`${query.error.issues[0]?.message ?? 'Not valid.'}\n`, { status: 400 });
  }
  const { ledger } = await pageCaller();
  return listDownload<StatementLine>({
    name: 'statement',
    format: 'csv',
    head: csvLine([
      ...['id', 'created_at', 'kind', 'reference', 'available_sats', 'held_sats', 'reason', 'what'],
      ...['task_type', 'available_after_sats', 'held_after_sats'],
    ]),
    line: (line) =>
      csvLine([
        ...[line.id, line.created_at, line.kind, line.reference, line.available_sats],
        ...[line.held_sats, line.reason, line.what, line.task_type],
        ...[line.available_after_sats, line.held_after_sats],
      ]),
    async read(after) {
      const page = await ledger.statement({ ...query.data, ...(after ? { after } : {}) });
      return { data: page.data, next: page.next_cursor };
    },
  });
}
