import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Figure } from './figure';

const FOLDER = 'bench/results';

/** Prints the figures as a table, and writes them with a description of the machine. */
export function report(figures: readonly Figure[], options: object): void {
  printTable(figures);
  mkdirSync(FOLDER, { recursive: true });
  const measuredAt = new Date().toISOString();
  const text = JSON.stringify({ measuredAt, ...surroundings(), options, figures }, null, 2);
  const path = join(FOLDER, `${measuredAt.replaceAll(/[:.]/g, '-')}.json`);
  writeFileSync(path, `${text}\n`);
  console.log(`\nAs JSON: ${path}`);
}

function printTable(figures: readonly Figure[]): void {
  const rows = figures.map((figure) => [
    figure.name,
    figure.unit === 'per second' ? short(figure.value) : '',
    figure.unit === 'a task' ? short(figure.value) : '',
    short(figure.p50Ms),
    short(figure.p95Ms),
    short(figure.p99Ms),
    short(figure.ratio),
    figure.floor?.name ?? '',
    figure.aim ?? '',
  ]);
  const head = [
    'figure',
    'per second',
    'a task',
    'p50 ms',
    'p95 ms',
    'p99 ms',
    'ratio',
    'to its floor',
    'aim',
  ];
  const widths = head.map((title, at) =>
    Math.max(title.length, ...rows.map((row) => row[at]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, at) =>
        at >= 1 && at <= 6 ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0),
      )
      .join('  ')
      .trimEnd();
  console.log(`\n${line(head)}\n${widths.map((width) => '─'.repeat(width)).join('  ')}`);
  for (const row of rows) console.log(line(row));
}

function short(value: number | undefined): string {
  if (value === undefined) return '';
  if (!Number.isFinite(value)) return '–';
  if (value >= 100) return String(Math.round(value));
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

function surroundings() {
  return {
    commit: commit(),
    node: process.version,
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    processors: availableParallelism(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    /** Above the number of CPUs, there was other load. */
    loadAverage: loadavg()[0],
  };
}

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return 'unknown';
  }
}
