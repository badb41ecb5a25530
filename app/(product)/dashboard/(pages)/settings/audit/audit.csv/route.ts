import { redirect } from 'next/navigation';
import { pageSession } from '@/server/doors/page-session';
import { pageCaller } from '@/server/doors/trpc/prefetch';
import { type AuditRecord, ListAuditQuery } from '@/server/features/organizations/schema';
import { csvLine } from '@/server/platform/csv-line';
import { listDownload } from '@/server/transport/list-download';

const RECORDS_AT_ONCE = 100;

/** All entries of the log's page with the same filters, as CSV. */
export async function GET(request: Request): Promise<Response> {
  const member = await (await pageSession()).member();
  if (!member) redirect('/sign-in?next=/dashboard/settings/audit');
  if (member.role !== 'owner' && member.role !== 'admin') {
    return new Response('Only owners and admins can read the audit log.\n', { status: 403 });
  }
  const query = ListAuditQuery.safeParse({
    ...Object.fromEntries(new URL(request.url).searchParams),
    limit: RECORDS_AT_ONCE,
  });
  if (!query.success) {
    return new Response(`${query.error.issues[0]?.message ?? 'Not valid.'}\n`, { status: 400 });
  }
  const { organizations } = await pageCaller();
  return listDownload<AuditRecord>({
    name: 'audit',
    format: 'csv',
    head: csvLine(['id', 'at', 'actor', 'actor_label', 'action', 'subject', 'data', 'network']),
    line: (record) =>
      csvLine([
        record.id,
        record.at.toISOString(),
        record.actor,
        record.actorLabel,
        record.action,
        record.subject,
        JSON.stringify(record.data),
        record.network,
      ]),
    async read(after) {
      const page = await organizations.audit({ ...query.data, ...(after ? { after } : {}) });
      return { data: page.data, next: page.next_cursor };
    },
  });
}
