import { notFound } from 'next/navigation';
import { pageSession } from '@/server/doors/page-session';
import { pageCaller } from '@/server/doors/trpc/prefetch';
import { FindOrganizations, type OrganizationLine } from '@/server/features/customers/schema';
import { csvLine } from '@/server/platform/csv-line';
import { listDownload } from '@/server/transport/list-download';

const LINES_AT_ONCE = 100;

/** All organizations of the list with the same filters, as CSV. */
export async function GET(request: Request): Promise<Response> {
  // Responds 404 to everybody else, to not reveal the console.
  if (!(await (await pageSession()).operator())) notFound();
  const query = FindOrganizations.safeParse({
    ...Object.fromEntries(new URL(request.url).searchParams),
    limit: LINES_AT_ONCE,
  });
  if (!query.success) {
    return new Response(`${query.error.issues[0]?.message ?? 'Not valid.'}\n`, { status: 400 });
  }
  const { customers } = await pageCaller();
  return listDownload<OrganizationLine>({
    name: 'organizations',
    format: 'csv',
    head: csvLine([
      ...['id', 'name', 'state', 'created_at', 'available_sats', 'held_sats', 'open_tasks'],
      ...['ended_tasks_30_days', 'verified_share', 'last_active_at'],
    ]),
    line: (line) =>
      csvLine([
        ...[line.id, line.name, line.state, line.createdAt.toISOString()],
        ...[line.availableSats, line.heldSats, line.openTasks, line.endedTasks],
        line.verifiedShare,
        line.lastActiveAt?.toISOString() ?? null,
      ]),
    async read(after) {
      const page = await customers.list({ ...query.data, ...(after ? { after } : {}) });
      return { data: page.data, next: page.next_cursor };
    },
  });
}
