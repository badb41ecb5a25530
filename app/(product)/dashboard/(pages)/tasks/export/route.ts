import { CSV_COLUMNS, csvCellsOf } from '@/components/dashboard/tasks/list/export-columns';
import { filterOf, listStateOf } from '@/components/dashboard/tasks/list/list-address';
import { pageSession } from '@/server/doors/page-session';
import { pageCaller } from '@/server/doors/trpc/prefetch';
import type { Task } from '@/server/features/tasks/schema';
import { csvLine } from '@/server/platform/csv-line';
import { listDownload } from '@/server/transport/list-download';

const FORMATS = {
  csv: {
    head: csvLine(CSV_COLUMNS),
    line: (task: Task) => csvLine(csvCellsOf(task)),
  },
  jsonl: {
    head: '',
    line: (task: Task) => `${JSON.stringify(task)}\n`,
  },
};

/** The whole filtered list as a file. */
export async function GET(request: Request): Promise<Response> {
  const params = new URL(request.url).searchParams;
  const session = await pageSession();
  if (!(await session.member())) return refusal(401, 'You are signed out. Sign in again.');
  const name = params.get('format') ?? '';
  if (name !== 'csv' && name !== 'jsonl') return refusal(400, 'Say format=csv or format=jsonl.');
  // Another tab may have switched since the page was opened; the file must match what the page
  // shows.
  const shown = params.get('mode');
  if (shown && shown !== session.mode) {
    return refusal(
      409,
      `The page showed ${shown} mode, and ${session.mode} mode is on now. Reload.`,
    );
  }
  const { tasks } = await pageCaller();
  const filter = filterOf(listStateOf(params), Date.now());
  const day = new Date().toISOString().slice(0, 10);
  return listDownload({
    name: `tasks-${session.mode}-${day}`,
    format: name,
    ...FORMATS[name],
    read: (after) => tasks.export({ filter, ...(after ? { older_than: after } : {}) }),
  });
}

function refusal(status: number, message: string): Response {
  return new Response(message, {
    status,
    headers: { 'Content-Type': 'text/plain; charset=utf-8' },
  });
}
