import { redirect } from 'next/navigation';
import { pageSession } from '@/server/transport/session';
import { pageCaller } from '@/server/transport/trpc/prefetch';

const LINES_AT_ONCE = 1_000;

/** The whole statement of the organization and mode on show, as it is read. */
export async function GET(): Promise<Response> {
  if (!(await (await pageSession()).member())) redirect('/sign-in?next=/dashboard/billing');
  const { ledger } = await pageCaller();
  let after: string | undefined;
  let done = false;
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(
        encoder.encode('id,created_at,kind,reference,available_sats,held_sats\r\n'),
      );
    },
    async pull(controller) {
      if (done) return controller.close();
      const page = await ledger.statement({ limit: LINES_AT_ONCE, ...(after ? { after } : {}) });
      // No field has a comma or a quotation mark: numbers, times, and names of our own making.
      const lines = page.data.map((line) =>
        [
          line.id,
          line.created_at,
          line.kind,
          line.reference,
          line.available_sats,
          line.held_sats,
        ].join(','),
      );
      after = page.next_cursor ?? undefined;
      done = after === undefined;
      controller.enqueue(encoder.encode(lines.map((line) => `${line}\r\n`).join('')));
    },
  });
  return new Response(body, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="statement.csv"',
      'Cache-Control': 'no-store',
    },
  });
}
