import { fitDawidSkene } from '@/server/features/verification/consensus/dawid-skene';
import { voteTable } from '@/server/features/verification/consensus/vote-table';
import { anaesthetistVotes } from '@/server/features/verification/fixtures/dawid-skene-1979';
import { exactly, type QualityFigure } from './figure';

const TABLE = 'Dawid & Skene 1979: 45 patients, 5 observers';
const ROWS = [
  '.8895 .1105 .0000 .0000',
  '.0706 .8764 .0530 .0000',
  '.0000 .3388 .6612 .0000',
  '.0000 .0000 .5556 .4444',
];
const LABELS = '142222132243121111222222112111131224233111212';

/** The paper's example, by EM without a prior. */
export function measureGolden(): QualityFigure[] {
  const table = voteTable(anaesthetistVotes);
  const fit = fitDawidSkene(table, { prior: 'none', tolerance: 1e-11 });
  const k = table.labels.length;
  const digits = (values: Float64Array) =>
    [...values].map((value) => value.toFixed(4).replace(/^0/, '')).join(' ');
  const labels = table.tasks.map((_, t) => {
    const row = fit.posterior.subarray(t * k, (t + 1) * k);
    return table.labels[row.indexOf(Math.max(...row))];
  });
  return [
    exactly(TABLE, 'rounds', String(fit.rounds), '24'),
    exactly(TABLE, 'class marginals', digits(fit.classMarginals), '.3996 .4220 .1118 .0667'),
    ...ROWS.map((row, j) =>
      exactly(
        TABLE,
        `observer 1, truth ${j + 1}`,
        digits(fit.confusion.subarray(j * k, (j + 1) * k)),
        row,
      ),
    ),
    exactly(TABLE, 'log-likelihood', fit.logLikelihood.toFixed(4), '-192.8909'),
    exactly(TABLE, 'labels', labels.join(''), LABELS),
  ];
}
