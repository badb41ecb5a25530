import { CROWD_ACCURACIES, offlineShare, rehearseCrowd } from '@/server/testing/crowd-rehearsal';
import { withRehearsalApi } from './rehearsal-api';

/**
 * Runs a scripted crowd of five through golds and then through tasks of ten yes/no fields, using
 * only the API: `npm run bench:crowd`. Prints the share of correct fields in the product's verified
 * outputs, next to the results of `npm run consensus`'s methods on the same votes and golds, for
 * each seed of `CROWD_SEEDS`. Fails if the product is more than a point from `auto`, which learns
 * from the votes on all tasks at once, or worse than `gnb` or the majority by as much.
 */
const GOLDS = Number(process.env.CROWD_GOLDS ?? 20);
const TASKS = Number(process.env.CROWD_TASKS ?? 300);
const SEEDS = (process.env.CROWD_SEEDS ?? '1,2,3').split(',').map(Number);
const POINTS_MAX = 1;
const METHODS = ['auto', 'gnb', 'majority'] as const;

await withRehearsalApi(async (api) => {
  console.log(
    `Five workers, right with ${CROWD_ACCURACIES.join(', ')}: ${GOLDS} golds each, then ${TASKS} tasks of ten fields.`,
  );
  const head = ['seed', 'product', ...METHODS, 'product − auto', 'votes a task', 'seconds'];
  console.log(head.map((title) => title.padStart(15)).join(''));
  for (const seed of SEEDS) {
    const begun = performance.now();
    const { product, votes, fields } = await rehearseCrowd(api, {
      ...{ golds: GOLDS, tasks: TASKS, seed },
      // Golds belong to their type, so each run uses a new one.
      type: `ten_questions_${seed}_${Date.now().toString(36)}`,
    });
    const seconds = (performance.now() - begun) / 1_000;
    const offline = METHODS.map((method) => offlineShare(method, fields));
    const [auto = Number.NaN] = offline;
    const difference = product - auto;
    const figures = [product, ...offline, difference, votes].map((figure) => figure.toFixed(2));
    const row = [String(seed), ...figures, seconds.toFixed(1)];
    console.log(row.map((cell) => cell.padStart(15)).join(''));
    const isClose =
      Math.abs(difference) <= POINTS_MAX && product >= Math.max(...offline) - POINTS_MAX;
    if (!isClose) process.exitCode = 1;
  }
});
