'use client';

import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { humanise } from '@/components/ui/values/humanise';
import type { Agreement } from '@/server/features/insight/get-agreement';
import { FigureTable } from './chart-card';
import { percent, whole } from './figures';
import classes from './insight.module.css';

/** How far workers agree beyond chance. */
export function AgreementCard({ agreement }: { agreement: Agreement }) {
  if (agreement.data.length === 0) {
    return (
      <Card title="Worker agreement">
        <EmptyState title="No task with several votes yet">
          Ask for more than one vote with <code>risk_tier: "high"</code> or <code>redundancy</code>,
          and this shows how far workers agree beyond chance.
        </EmptyState>
      </Card>
    );
  }
  return (
    <Card title="Worker agreement" flush>
      <p className={classes.aboutFlush}>
        Krippendorff’s α on tasks with two or more accepted answers: 1 is full agreement, 0 what
        chance would give. Where labels are numbers, it is given by their order and by how far they
        lie apart as well. From 0.8 on labels are taken as reliable, from 0.67 as a hint; a right
        consensus can come of less. {agreement.cut ? 'Measured on the latest 5,000 tasks.' : ''}
      </p>
      <FigureTable
        caption="Agreement by type"
        columns={['Type', 'α', 'Ordinal', 'Interval', 'Unanimous', 'Tasks', 'Votes']}
        rows={agreement.data.map((type) => [
          humanise(type.type),
          type.alpha === null ? 'One label only' : type.alpha.toFixed(2),
          type.alpha_ordinal?.toFixed(2) ?? '–',
          type.alpha_interval?.toFixed(2) ?? '–',
          percent(type.unanimous, 0),
          whole(type.tasks),
          whole(type.votes),
        ])}
      />
    </Card>
  );
}
