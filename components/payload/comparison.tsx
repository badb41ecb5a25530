'use client';

import { Box } from '@mantine/core';
import { useMemo, useState } from 'react';
import { SegmentedControl } from '@/components/ui/inputs/segmented-control';
import { type DiffLine, lineDiff } from './kinds/line-diff';
import classes from './payload.module.css';
import { withUnseenShown } from './text/visible-text';

const MARKS: Record<DiffLine['kind'], [sign: string, words: string]> = {
  same: [' ', ''],
  removed: ['−', 'Removed: '],
  added: ['+', 'Added: '],
};

interface Row {
  key: string;
  before: DiffLine | null;
  after: DiffLine | null;
}

/** Lines beside one another: what replaces something stands at its side. */
function rowsOf(lines: DiffLine[]): Row[] {
  const rows: Row[] = [];
  for (const line of lines) {
    const key = `${rows.length}`;
    const last = rows.at(-1);
    if (line.kind === 'same') rows.push({ key, before: line, after: line });
    else if (line.kind === 'removed') rows.push({ key, before: line, after: null });
    else {
      const open = rows.find((row) => row.before?.kind === 'removed' && row.after === null);
      if (open && last?.before?.kind !== 'same') open.after = line;
      else rows.push({ key, before: null, after: line });
    }
  }
  return rows;
}

/** What changed between two texts, line by line, told by sign and words, not by colour alone. */
export function Comparison({ before, after }: { before: string; after: string }) {
  const [view, setView] = useState('together');
  const lines = useMemo(() => lineDiff(before, after), [before, after]);
  return (
    <div>
      <SegmentedControl
        size="xs"
        mb={8}
        value={view}
        onChange={setView}
        aria-label="How the change is shown"
        data={[
          { value: 'together', label: 'Together' },
          { value: 'beside', label: 'Side by side' },
        ]}
      />
      {view === 'together' ? <Together lines={lines} /> : <Beside lines={lines} />}
    </div>
  );
}

function Together({ lines }: { lines: DiffLine[] }) {
  const counted = lines.map((line, index) => ({ ...line, key: `${index} ${line.kind}` }));
  return (
    <div className={classes.diff}>
      {counted.map((line) => (
        <Line key={line.key} line={line} />
      ))}
    </div>
  );
}

function Beside({ lines }: { lines: DiffLine[] }) {
  const rows = rowsOf(lines);
  return (
    // A region that scrolls must be reachable by keyboard.
    <Box component="section" className={classes.tableFrame} aria-label="Side by side" tabIndex={0}>
      <table className={classes.beside}>
        <thead>
          <tr>
            <th scope="col">Before</th>
            <th scope="col">After</th>
          </tr>
        </thead>
        <tbody className={classes.diff}>
          {rows.map(({ key, before, after }) => (
            <tr key={key}>
              <td>{before ? <Line line={before} /> : null}</td>
              <td>{after ? <Line line={after} /> : null}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Box>
  );
}

function Line({ line: { kind, text } }: { line: DiffLine }) {
  return (
    <div data-kind={kind} dir="auto">
      <span aria-hidden="true">{MARKS[kind][0]} </span>
      <span className="visually-hidden">{MARKS[kind][1]}</span>
      {withUnseenShown(text) || ' '}
    </div>
  );
}
