import type { QualityFigure } from './figure';

const MARKS = { true: '✓', false: '✗', null: ' ' };

/** The figures as tables with their targets, and a line that counts them. */
export function tablesOf(figures: readonly QualityFigure[]): string {
  const tables = [...new Set(figures.map(({ table }) => table))];
  const parts = tables.map((table) => {
    const rows = figures
      .filter((figure) => figure.table === table)
      .map(({ name, measured, target, passes, note }) => [
        MARKS[String(passes) as keyof typeof MARKS],
        name,
        textOf(measured),
        target,
        note ?? '',
      ]);
    const widths = [0, 1, 2, 3].map((at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
    const lines = rows.map((row) =>
      row
        .map((cell, at) =>
          at === 2 ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    );
    return [table, '─'.repeat(table.length), ...lines, ''].join('\n');
  });
  const judged = figures.filter(({ passes }) => passes !== null);
  const failed = judged.filter(({ passes }) => passes === false).length;
  return [...parts, `${judged.length - failed} passed, ${failed} failed`].join('\n');
}

function textOf(value: number | string): string {
  if (typeof value === 'string') return value;
  if (Number.isInteger(value)) return String(value);
  return Math.abs(value) < 1 ? value.toFixed(4) : value.toFixed(2);
}
