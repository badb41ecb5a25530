import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TraceRow } from '@/components/docs/task-trace/trace-row';
import { root } from './launcher/settings';

/**
 * Writes the trace that `server/doors/traced-task.db.test.ts` exports to its collector double to
 * `docs/task-trace.json`, from which `/docs/self-hosting/operations` draws it: `npm run
 * trace:draw`.
 */
const TEST = 'server/doors/traced-task.db.test.ts';
const DRAWN = join(root, 'docs/task-trace.json');
const NS_PER_MS = 1e6;

/** The drawn parts of a span, as received over OTLP. */
interface Exported {
  spanId: string;
  parentSpanId?: string;
  name: string;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
}

function collect(): Exported[] {
  const folder = mkdtempSync(join(tmpdir(), 'humanrail-trace-'));
  const file = join(folder, 'spans.json');
  try {
    const { status } = spawnSync('npx', ['vitest', 'run', '--project', 'db', TEST], {
      cwd: root,
      env: { ...process.env, TRACE_FILE: file },
      stdio: 'inherit',
    });
    if (status !== 0) throw new Error(`${TEST} failed, so there is no trace to draw.`);
    return JSON.parse(readFileSync(file, 'utf8')) as Exported[];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The spans in tree order, siblings by start time. */
function rowsOf(spans: readonly Exported[]): TraceRow[] {
  const ids = new Set(spans.map(({ spanId }) => spanId));
  const ns = (text: string) => BigInt(text);
  const [firstNs = 0n] = spans
    .map((span) => ns(span.startTimeUnixNano))
    .sort((a, b) => Number(a - b));
  const ms = (text: string) => Number(ns(text) - firstNs) / NS_PER_MS;
  const below = (parent: string | undefined, depth: number): TraceRow[] =>
    spans
      .filter((span) =>
        parent === undefined ? !ids.has(span.parentSpanId ?? '') : span.parentSpanId === parent,
      )
      .toSorted((a, b) => ms(a.startTimeUnixNano) - ms(b.startTimeUnixNano))
      .flatMap((span) => [
        {
          ...{ name: span.name, depth },
          startMs: ms(span.startTimeUnixNano),
          endMs: ms(span.endTimeUnixNano),
        },
        ...below(span.spanId, depth + 1),
      ]);
  return below(undefined, 0);
}

const rows = rowsOf(collect());
const lines = rows.map(
  ({ name, depth, startMs, endMs }) =>
    `  { "name": ${JSON.stringify(name)}, "depth": ${depth}, "startMs": ${startMs}, "endMs": ${endMs} }`,
);
writeFileSync(DRAWN, `[\n${lines.join(',\n')}\n]\n`);
console.log(`Wrote ${rows.length} spans to docs/task-trace.json.`);
