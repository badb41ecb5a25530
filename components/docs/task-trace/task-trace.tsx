import trace from '@/docs/task-trace.json';
import classes from './task-trace.module.css';
import { durationText, type TraceRow } from './trace-row';

const ROWS: readonly TraceRow[] = trace;
const WIDTH = 720;
const NAMES = 208;
/** Room for the length of a span that ends last. */
const END = 60;
const ROW = 21;
const BAR = 11;
const TOP = 26;
const INDENT = 11;
const TICK_MS = 500;
const BAR_MIN = 2;

const lastMs = Math.max(...ROWS.map(({ endMs }) => endMs));
const x = (ms: number) => NAMES + (ms / lastMs) * (WIDTH - NAMES - END);
const ticks = Array.from({ length: Math.floor(lastMs / TICK_MS) + 1 }, (_, n) => n * TICK_MS);
const HEIGHT = TOP + ROWS.length * ROW + 6;

const classOf = (name: string): string | undefined => {
  if (name.startsWith('webhook') || name === 'POST') return classes.webhook;
  if (name.startsWith('stage') || name === 'verification') return classes.verification;
  if (name === 'claimed' || name === 'working') return classes.person;
  return name === 'paid' ? classes.paid : classes.plain;
};

/** The spans of one task, as a collector got them. */
export function TaskTrace() {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={classes.frame} aria-label="The trace of one task" tabIndex={0}>
      <svg
        className={classes.trace}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={`The ${ROWS.length} spans of one task over ${durationText(lastMs)}, from the agent’s own to the last webhook.`}
      >
        {ticks.map((ms) => (
          <g key={ms}>
            <line className={classes.grid} x1={x(ms)} x2={x(ms)} y1={TOP - 4} y2={HEIGHT} />
            <text className={classes.tick} x={x(ms)} y={14} textAnchor="middle">
              {`${ms / 1_000} s`}
            </text>
          </g>
        ))}
        {ROWS.map(({ name, depth, startMs, endMs }, n) => {
          const y = TOP + n * ROW;
          const width = Math.max(BAR_MIN, x(endMs) - x(startMs));
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the rows stay where they are
            <g key={n}>
              <text className={classes.name} x={depth * INDENT} y={y + BAR}>
                {name}
              </text>
              <rect
                className={classOf(name)}
                x={x(startMs)}
                y={y + 1}
                width={width}
                height={BAR}
                rx={Math.min(2, width / 2)}
              />
              <text className={classes.length} x={x(startMs) + width + 5} y={y + BAR - 1}>
                {durationText(endMs - startMs)}
              </text>
            </g>
          );
        })}
      </svg>
    </section>
  );
}
