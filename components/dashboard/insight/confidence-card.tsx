'use client';

import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { humanise } from '@/components/ui/values/humanise';
import type { Confidence, ConfidenceOfType } from '@/server/features/insight/get-confidence';
import { ChartCard, FigureTable } from './chart-card';
import { percent, whole } from './figures';
import classes from './insight.module.css';
import { ReliabilityChart } from './lazy-charts';

const SOURCES: Record<string, string> = { gold: 'golds', review: 'reviews', audit: 'audits' };

/** Whether the confidence that comes with an output holds. */
export function ConfidenceCards({ confidence }: { confidence: Confidence }) {
  const { total, buckets, types, cut } = confidence;
  if (total.tasks === 0) {
    return (
      <Card title="Calibration of confidence">
        <EmptyState title="No answer has become known yet">
          Once it is known what was right, this shows how often a stated confidence holds. Answers
          become known by golds, which you add to a task type, by reviews, and by the audits that
          follow a share of verified tasks.
        </EmptyState>
      </Card>
    );
  }
  return (
    <>
      <ChartCard
        title="Calibration of confidence"
        about={`${whole(total.tasks)} outputs whose answer became known, ${percent(total.right / total.tasks)} right. Each point is a fifteenth of confidence with its 95 % interval; on the dashed line confidence is accuracy. Expected calibration error: ${percent(total.ece)}; as many outputs of a perfect judge would show ${percent(total.ece_floor)} by chance.`}
        columns={['Confidence', 'Outputs', 'Right', 'Stated', 'Accuracy', '95 % interval (Wilson)']}
        rows={buckets.map((bucket) => [
          `${percent(bucket.from)} – ${percent(bucket.to)}`,
          whole(bucket.count),
          whole(bucket.right),
          percent(bucket.confidence),
          percent(bucket.accuracy),
          bucket.interval
            ? `${percent(bucket.interval.low)} – ${percent(bucket.interval.high)}`
            : '–',
        ])}
      >
        <ReliabilityChart buckets={buckets} />
      </ChartCard>
      <Card title="Calibration by type" flush>
        <p className={classes.aboutFlush}>
          The error beside its floor, which is what chance alone makes of as few outputs. The basis
          is what tasks say as <code>confidence_basis</code>: calibrated from 100 known answers on,
          provisional from 20. Cohen’s κ is how far votes and known answers agree beyond chance.
          {cut ? ' Measured on the latest 5,000.' : ''}
        </p>
        <FigureTable
          caption="Calibration by type"
          columns={['Type', 'Basis', 'Error', 'Floor', 'Right', 'κ', 'Known', 'By']}
          rows={types.map((type) => [
            humanise(type.type),
            humanise(type.basis),
            percent(type.ece),
            percent(type.ece_floor),
            percent(type.right / type.tasks, 0),
            type.kappa === null ? '–' : type.kappa.toFixed(2),
            whole(type.tasks),
            sourcesOf(type),
          ])}
        />
      </Card>
    </>
  );
}

function sourcesOf({ sources }: ConfidenceOfType): string {
  return Object.entries(sources)
    .map(([source, count]) => `${whole(count)} ${SOURCES[source] ?? source}`)
    .join(', ');
}
