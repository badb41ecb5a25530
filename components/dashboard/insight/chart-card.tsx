import type { ReactNode } from 'react';
import { Card } from '@/components/ui/card';
import { ScrollTable } from '@/components/ui/tables/scroll-table';
import classes from './insight.module.css';

interface ChartCardProps {
  title: string;
  /** What the chart shows, in a sentence: also its name for who cannot see it. */
  about: string;
  /** The same figures as a table: its columns, and a row each. */
  columns: string[];
  rows: (string | number)[][];
  children: ReactNode;
}

/** A chart, what it says, and its figures as a table. */
export function ChartCard({ title, about, columns, rows, children }: ChartCardProps) {
  return (
    <Card title={title}>
      <p className={classes.about}>{about}</p>
      <div role="img" aria-label={`${title}. ${about} The figures are in the table that follows.`}>
        {children}
      </div>
      <details className={classes.figures}>
        <summary>Show as a table</summary>
        <FigureTable caption={`${title} as a table`} columns={columns} rows={rows} />
      </details>
    </Card>
  );
}

interface FigureTableProps {
  caption: string;
  columns: string[];
  rows: (string | number)[][];
}

/** Figures in rows; where they do not fit, they scroll by themselves. */
export function FigureTable({ caption, columns, rows }: FigureTableProps) {
  return (
    <ScrollTable label={caption} columns={columns}>
      {rows.map((row) => (
        <tr key={row.join()}>
          {columns.map((column, at) =>
            at === 0 ? (
              <th key={column} scope="row">
                {row[at]}
              </th>
            ) : (
              <td key={column}>{row[at]}</td>
            ),
          )}
        </tr>
      ))}
    </ScrollTable>
  );
}
