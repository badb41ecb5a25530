import { notFound } from 'next/navigation';
import { pageSession } from '@/server/doors/page-session';
import { pageCaller } from '@/server/doors/trpc/prefetch';
import { FindAuditEntries, type InstanceAuditRecord } from '@/server/features/organizations/schema';
import { csvLine } from '@/server/platform/csv-line';
import { listDownload } from '@/server/transport/list-download';

const RECORDS_AT_ONCE = 100;

/** All entries of the log's page with the same filters, as CSV. */
export async function GET(request: Request): Promise<Response> {
  // Responds 404 to everybody else, to not reveal the console.
  if (!(await (await pageSession()).operator())) notFound();
  const query = FindAuditEntries.safeParse({
    ...Object.fromEntries(new URL(request.url).searchParams),
    limit: RECORDS_AT_ONCE,
  });
  if (!query.success) {
    return new Response(`${query.error.issues[0]?.message ?? 'Not valid.'}\n`, { status: 400 });
  }
  const { organizations } = await pageCaller();
  return listDownload<InstanceAuditRecord>({
    name: 'audit',
    format: 'csv',
    head: csvLine([
      ...['id', 'at', 'actor', 'actor_label', 'action', 'subject', 'subject_name'],
      ...['organization_id', 'organization', 'network', 'data'],
    ]),
    line: (record) =>
      csvLine([
        ...[record.id, record.at.toISOString(), record.actor, record.actorLabel, record.action],
        ...[record.subject, record.subjectName, record.organizationId, record.organization],
        ...[record.network, JSON.stringify(record.data)],
      ]),
    async read(after) {
      const page = await organizations.instanceAudit({
        ...query.data,
        ...(after ? { after } : {}),
      });
      return { data: page.data, next: page.next_cursor };
    },
  });
}
