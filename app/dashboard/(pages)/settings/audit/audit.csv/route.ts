import { redirect } from 'next/navigation';
import { csvLine } from '@/components/dashboard/tasks/csv-line';
import { ListAuditQuery } from '@/server/features/organizations/schema';
import { pageSession } from '@/server/transport/session';
import { pageCaller } from '@/server/transport/trpc/prefetch';

const RECORDS_AT_ONCE = 100;

/** Everything the log's page shows by the same filters, as CSV. */
export async function GET(request: Request): Promise<Response> {
  const member = await (await pageSession()).member();
  if (!member) redirect('/sign-in?next=/dashboard/settings/audit');
  if (member.role !== 'owner' && member.role !== 'admin') {
    return new Response('The audit log is read by owners and admins.\n', { status: 403 });
  }
  const query = ListAuditQuery.safeParse({
    ...Object.fromEntries(new URL(request.url).searchParams),
    limit: RECORDS_AT_ONCE,
  });
  if (!query.success) {
    return new Response(`${query.error.issues[0]?.message ?? 'Not valid.'}\n`, { status: 400 });
  }
  const { organizations } = await pageCaller();
  let after: string | undefined;
  let done = false;
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(
        encoder.encode(csvLine(['id', 'at', 'actor', 'actor_label', 'action', 'subject', 'data'])),
      );
    },
    async pull(controller) {
      if (done) return controller.close();
      const page = await organizations.audit({ ...query.data, ...(after ? { after } : {}) });
      const lines = page.data.map((record) =>
        csvLine([
          record.id,
          record.at.toISOString(),
          record.actor,
          record.actorLabel,
          record.action,
          record.subject,
          JSON.stringify(record.data),
        ]),
      );
      after = page.next_cursor ?? undefined;
      done = after === undefined;
      controller.enqueue(encoder.encode(lines.join('')));
    },
  });
  return new Response(body, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="audit.csv"',
      'Cache-Control': 'no-store',
    },
  });
}
