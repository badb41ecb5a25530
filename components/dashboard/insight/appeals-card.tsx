'use client';

import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import type { OwnOverturns } from '@/server/features/appeals/schema';
import { FigureTable } from './chart-card';
import { whole } from './figures';
import classes from './insight.module.css';
import { OVERTURN_COLUMNS, overturnRow } from './overturn-rows';

/** What became of workers' appeals against how the organization's tasks and golds were judged. */
export function AppealsCard({ appeals }: { appeals: OwnOverturns }) {
  const { open, total, types } = appeals;
  if (types.length === 0) {
    return (
      <Card title="Appeals">
        <EmptyState title={open > 0 ? `${whole(open)} open, none decided yet` : 'No appeals yet'}>
          A worker whose answer was rejected or out-voted may appeal. How many are upheld tells how
          often your rules, golds and votes are wrong.
        </EmptyState>
      </Card>
    );
  }
  return (
    <Card title="Appeals" flush>
      <p className={classes.aboutFlush}>
        How many of the appeals against your tasks and golds were upheld, of all time. Those that
        nobody decided in time stand apart: they say nothing of who was right.
        {open > 0 ? ` ${whole(open)} are open.` : ''}
      </p>
      <FigureTable
        caption="Upheld appeals by type"
        columns={['Type', ...OVERTURN_COLUMNS]}
        rows={[
          ...types.map((type) => overturnRow(type)),
          ...(types.length > 1 ? [overturnRow(total, 'All')] : []),
        ]}
      />
    </Card>
  );
}
