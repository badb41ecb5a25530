'use client';

import { Box, Button } from '@mantine/core';
import { useState } from 'react';
import { humanise } from '@/components/ui/values/humanise';
import classes from './payload.module.css';
import { withUnseenShown } from './text/visible-text';

const ROWS_AT_ONCE = 100;

/** A list of records as a table; a long one shows its start until the rest is asked for. */
export function RecordTable(props: {
  label: string;
  columns: string[];
  /** The columns' names as they stand; by default made readable. */
  headings?: string[];
  rows: Record<string, unknown>[];
}) {
  const { label, columns, headings, rows } = props;
  const [whole, setWhole] = useState(false);
  const shown = whole ? rows : rows.slice(0, ROWS_AT_ONCE);
  const counted = shown.map((row, index) => ({ row, key: `row ${index}` }));
  const left = rows.length - shown.length;
  return (
    <>
      {/* A region that scrolls must be reachable by keyboard. */}
      <Box component="section" className={classes.tableFrame} aria-label={label} tabIndex={0}>
        <table className={classes.table}>
          <thead>
            <tr>
              {columns.map((column, index) => (
                <th key={column} scope="col">
                  {headings ? withUnseenShown(headings[index] ?? '') : humanise(column)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {counted.map(({ row, key }) => (
              <tr key={key}>
                {columns.map((column) => (
                  <td key={column} dir="auto">
                    {withUnseenShown(cellText(row[column]))}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Box>
      {left > 0 ? (
        <Button variant="default" size="xs" mt={8} onClick={() => setWhole(true)}>
          Show the other {left.toLocaleString('en-US')} rows
        </Button>
      ) : null}
    </>
  );
}

function cellText(value: unknown): string {
  if (value === undefined || value === null) return '–';
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  return String(value as string | number);
}
