/** A span as it is drawn: `npm run trace:draw` writes them to `docs/task-trace.json`, in the order of the tree. */
export interface TraceRow {
  name: string;
  /** How many spans it is within. */
  depth: number;
  /** Milliseconds from the first span's beginning. */
  startMs: number;
  endMs: number;
}

/** A length of time in few characters, such as `1.27 s`; nothing for what is an instant. */
export function durationText(ms: number): string {
  if (ms < 0.1) return '';
  return ms >= 1_000 ? `${(ms / 1_000).toFixed(2)} s` : `${Math.ceil(ms)} ms`;
}
