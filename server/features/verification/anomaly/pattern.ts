/** A signal from the sequence of a worker's labels. */
import { labelOf } from '../consensus/fields';
import { levelBelow, SILENT, type Signal } from './signal';

export const straightLining: Signal = {
  id: 'straight_lining',
  family: 'pattern',
  nullHypothesis:
    "Labels of successive tasks are independent draws from the type's label shares, so a run of r equal labels of share s has probability s^(r−1).",
  falsePositiveTarget: 0.001,
  message: 'The same answer was given many times in a row, more often than such tasks call for.',
  read(ctx) {
    const { typeStats, worker, policy } = ctx;
    const { minTypeSample, minRun, weakAlpha, strongAlpha } = policy.anomaly;
    const label = labelOf(ctx.task.outputSchema, ctx.answer.output);
    if (label === null || typeStats.sampleSize < minTypeSample) return SILENT;
    if ((typeStats.labelEntropy ?? 0) <= 0) return SILENT;
    const broken = worker.recentLabels.findIndex((earlier) => earlier !== label);
    const run = 1 + (broken === -1 ? worker.recentLabels.length : broken);
    if (run < minRun) return { level: 'none', statistic: 1 };
    // Shares come from a sample: adds two of this label, so that a rare one is not considered
    // impossible.
    const n = typeStats.sampleSize;
    const share = ((typeStats.labelShares[label] ?? 0) * n + 2) / (n + 2);
    return levelBelow(share ** (run - 1), weakAlpha, strongAlpha);
  },
};
