/** Signals from the sequence of a worker's labels. */
import { labelOf } from '../consensus/fields';
import { chiSquareTail } from '../special-functions';
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
    // Shares come from a sample: two more of this label, so that a rare one is not taken for impossible.
    const n = typeStats.sampleSize;
    const share = ((typeStats.labelShares[label] ?? 0) * n + 2) / (n + 2);
    return levelBelow(share ** (run - 1), weakAlpha, strongAlpha);
  },
};

const EXPECTED_MIN = 5;

/**
 * p-value of the χ² test that two sets of label counts have one mix. Labels expected fewer than five
 * times are pooled; 1 when fewer than two groups are left.
 */
function mixDifference(own: Record<string, number>, peers: Record<string, number>): number {
  const ownTotal = totalOf(own);
  const peersTotal = totalOf(peers);
  const total = ownTotal + peersTotal;
  if (ownTotal === 0 || peersTotal === 0) return 1;
  const smaller = Math.min(ownTotal, peersTotal) / total;
  const groups: { own: number; peers: number }[] = [];
  const pooled = { own: 0, peers: 0 };
  for (const label of new Set([...Object.keys(own), ...Object.keys(peers)])) {
    const row = { own: own[label] ?? 0, peers: peers[label] ?? 0 };
    if ((row.own + row.peers) * smaller >= EXPECTED_MIN) groups.push(row);
    else {
      pooled.own += row.own;
      pooled.peers += row.peers;
    }
  }
  if ((pooled.own + pooled.peers) * smaller >= EXPECTED_MIN) groups.push(pooled);
  if (groups.length < 2) return 1;
  const statistic = groups.reduce((sum, row) => {
    const rowTotal = row.own + row.peers;
    const expectedOwn = (rowTotal * ownTotal) / total;
    const expectedPeers = (rowTotal * peersTotal) / total;
    return (
      sum +
      (row.own - expectedOwn) ** 2 / expectedOwn +
      (row.peers - expectedPeers) ** 2 / expectedPeers
    );
  }, 0);
  return chiSquareTail(statistic, groups.length - 1);
}

function totalOf(counts: Record<string, number>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

export const labelDrift: Signal = {
  id: 'label_drift',
  family: 'pattern',
  nullHypothesis: "A worker's labels and the others' on the same tasks have one mix.",
  falsePositiveTarget: 0.002,
  message: 'The recent answers differ in their mix from what others said about the same tasks.',
  read(ctx) {
    const mix = ctx.worker.labelMix;
    const { minMixAnswers, weakAlpha, strongAlpha } = ctx.policy.anomaly;
    if (!mix || totalOf(mix.own) < minMixAnswers || totalOf(mix.peers) < minMixAnswers) {
      return SILENT;
    }
    return levelBelow(mixDifference(mix.own, mix.peers), weakAlpha, strongAlpha);
  },
};
