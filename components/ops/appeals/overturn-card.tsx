'use client';

import { FigureTable } from '@/components/dashboard/insight/chart-card';
import insight from '@/components/dashboard/insight/insight.module.css';
import { OVERTURN_COLUMNS, overturnRow } from '@/components/dashboard/insight/overturn-rows';
import { Card } from '@/components/ui/card';
import { humanise } from '@/components/ui/values/humanise';
import type { OverturnRates } from '@/server/features/appeals/schema';

/** How often appeals are upheld, by whose judgement they were against. Nothing before the first one is decided. */
export function OverturnCard({ rates }: { rates: OverturnRates }) {
  if (rates.types.length === 0) return null;
  const groups = [
    { of: 'Organization', rates: rates.organizations, nameOf: (name: string) => name },
    { of: 'Type', rates: rates.types, nameOf: humanise },
    { of: 'Reviewer', rates: rates.reviewers, nameOf: (name: string) => name },
  ];
  return (
    <Card title="How often they are upheld" flush>
      <p className={insight.aboutFlush}>
        Of those that re-votes or a reviewer decided, with Wilson’s interval. Appeals that nobody
        decided in time stand apart. A reviewer’s are those against that reviewer’s decisions.
      </p>
      <FigureTable
        caption="Upheld appeals by organization, type and reviewer"
        columns={['Against', ...OVERTURN_COLUMNS]}
        rows={[
          overturnRow(rates.total, 'All of this mode'),
          ...groups.flatMap((group) =>
            group.rates.map((rate) =>
              overturnRow(rate, `${group.of} · ${group.nameOf(rate.name)}`),
            ),
          ),
        ]}
      />
    </Card>
  );
}
