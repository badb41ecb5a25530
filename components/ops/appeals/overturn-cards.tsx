'use client';

import { FigureTable } from '@/components/dashboard/insight/chart-card';
import insight from '@/components/dashboard/insight/insight.module.css';
import { OVERTURN_COLUMNS, overturnRow } from '@/components/dashboard/insight/overturn-rows';
import { Card } from '@/components/ui/card';
import { humanise } from '@/components/ui/humanise';
import type { OverturnRates } from '@/server/features/appeals/schema';

/** How often appeals are upheld, by whose judgement they were against. Nothing before the first one is decided. */
export function OverturnCards({ rates }: { rates: OverturnRates }) {
  if (rates.types.length === 0) return null;
  const groups = [
    { name: 'Organization', rows: rates.organizations, nameOf: (name: string) => name },
    { name: 'Type', rows: rates.types, nameOf: humanise },
    { name: 'Reviewer', rows: rates.reviewers, nameOf: (name: string) => name },
  ].filter(({ rows }) => rows.length > 0);
  return (
    <Card title="How often they are upheld" flush>
      <p className={insight.aboutFlush}>
        Of those that re-votes or a reviewer decided, with Wilson’s interval. Appeals that nobody
        decided in time stand apart. A reviewer’s are those against that reviewer’s decisions.
      </p>
      <FigureTable
        caption="All upheld appeals"
        columns={['All', ...OVERTURN_COLUMNS]}
        rows={[overturnRow(rates.total, 'This mode')]}
      />
      {groups.map(({ name, rows, nameOf }) => (
        <FigureTable
          key={name}
          caption={`Upheld appeals by ${name.toLowerCase()}`}
          columns={[name, ...OVERTURN_COLUMNS]}
          rows={rows.map((rate) => overturnRow(rate, nameOf(rate.name)))}
        />
      ))}
    </Card>
  );
}
