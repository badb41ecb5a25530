import { csvLine } from '@/components/dashboard/tasks/csv-line';
import { CSV_COLUMNS, csvCellsOf } from '@/components/dashboard/tasks/export-columns';
import { filterOf, listStateOf } from '@/components/dashboard/tasks/list-address';
import type { Task } from '@/server/features/tasks/schema';
import { pageSession } from '@/server/transport/session';
import { pageCaller } from '@/server/transport/trpc/prefetch';

const FORMATS = {
  csv: {
    type: 'text/csv; charset=utf-8',
    head: csvLine(CSV_COLUMNS),
    line: (task: Task) => csvLine(csvCellsOf(task)),
  },
  jsonl: {
    type: 'application/x-ndjson; charset=utf-8',
    head: '',
    line: (task: Task) => `${JSON.stringify(task)}\n`,
  },
};

/** The whole filtered list as a file, written as it is read. */
export async function GET(request: Request): Promise<Response> {
  const params = new URL(request.url).searchParams;
  const session = await pageSession();
  if (!(await session.member())) return refusal(401, 'You are signed out. Sign in again.');
  const name = params.get('format') ?? '';
  if (name !== 'csv' && name !== 'jsonl') return refusal(400, 'Say format=csv or format=jsonl.');
  // Another tab may have switched since the page was opened; its file must be of what it shows.
  const shown = params.get('mode');
  if (shown && shown !== session.mode) {
    return refusal(
      409,
      `The page showed ${shown} mode, and ${session.mode} mode is on now. Reload.`,
    );
  }
  const { tasks } = await pageCaller();
  const filter = filterOf(listStateOf(params), Date.now());
  const format = FORMATS[name];
  const encoder = new TextEncoder();
  let next: string | null | undefined;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(format.head)),
    async pull(controller) {
      if (next === null) return controller.close();
      const page = await tasks.export({ filter, ...(next ? { older_than: next } : {}) });
      next = page.next;
      controller.enqueue(encoder.encode(page.data.map(format.line).join('')));
    },
  });
  const day = new Date().toISOString().slice(0, 10);
  return new Response(body, {
    headers: {
      'Content-Type': format.type,
      'Content-Disposition': `attachment; filename="tasks-${session.mode}-${day}.${name}"`,
      'Cache-Control': 'no-store',
    },
  });
}

function refusal(status: number, message: string): Response {
  return new Response(message, {
    status,
    headers: { 'Content-Type': 'text/plain; charset=utf-8' },
  });
}
