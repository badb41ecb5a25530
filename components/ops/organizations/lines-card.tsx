import type { ReactNode } from 'react';
import { Card, CardNote } from '@/components/ui/card';
import classes from '../ops.module.css';

/** What belongs to an organization, a line each. */
export function LinesCard<Line>(props: {
  title: string;
  lines: readonly Line[];
  keyOf: (line: Line) => string;
  /** What the card says while there are no lines. */
  none: string;
  testId?: string;
  children: (line: Line) => ReactNode;
}) {
  const { title, lines, keyOf, none, testId, children } = props;
  return (
    <Card title={title} flush>
      {lines.length === 0 ? <CardNote>{none}</CardNote> : null}
      {lines.map((line) => (
        <div key={keyOf(line)} className={classes.line} data-testid={testId}>
          {children(line)}
        </div>
      ))}
    </Card>
  );
}
