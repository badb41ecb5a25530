import { redirect } from 'next/navigation';
import type { StatementLine } from '@/server/features/ledger/schema';
import { csvLine } from '@/server/platform/csv-line';
import { listDownload } from '@/server/transport/list-download';
import { pageSession } from '@/server/transport/session';
import { pageCaller } from '@/server/transport/trpc/prefetch';

const LINES_AT_ONCE = 1_000;

/** The whole statement of the organization and mode on show. */
export async function GET(): Promise<Response> {
  if (!(await (await pageSession()).member())) redirect('/sign-in?next=/dashboard/billing');
  const { ledger } = await pageCaller();
  return listDownload<StatementLine>({
    name: 'statement',
    format: 'csv',
    head: csvLine([
      'id',
      'created_at',
      'kind',
      'reference',
      'available_sats',
      'held_sats',
      'reason',
    ]),
    line: (line) =>
      csvLine([
        line.id,
        line.created_at,
        line.kind,
        line.reference,
        line.available_sats,
        line.held_sats,
        line.reason,
      ]),
    async read(after) {
      const page = await ledger.statement({ limit: LINES_AT_ONCE, ...(after ? { after } : {}) });
      return { data: page.data, next: page.next_cursor };
    },
  });
}
