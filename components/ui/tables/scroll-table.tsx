import { Box } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './scroll-table.module.css';

/**
 * A table of figures: the first column names the row, the others are right-aligned. It scrolls by itself if
 * it does not fit.
 * @param children the rows.
 */
export function ScrollTable(props: {
  label: string;
  columns: readonly string[];
  children: ReactNode;
}) {
  return (
    // A region that scrolls must be reachable by keyboard.
    <Box component="section" className={classes.scroll} aria-label={props.label} tabIndex={0}>
      <table className={classes.table}>
        <thead>
          <tr>
            {props.columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{props.children}</tbody>
      </table>
    </Box>
  );
}
