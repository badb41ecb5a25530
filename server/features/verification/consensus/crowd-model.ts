/** Voting with a Dawid–Skene fit that a background job made for the type. */
import type { CrowdModel } from '../stage';
import type { DawidSkeneFit } from './dawid-skene';
import type { Path } from './json-value';
import { logSumExp, type VoteTable } from './vote-table';
import { type LabelPosterior, posteriorOf, type WeighedVote } from './weighted-vote';

/** A field's path as one string, as it stands in a stored model: a JSON pointer. */
export function pointerOf(path: Path): string {
  return path.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** Packs a fit for storage. The table's labels must be label keys (`labelKey`). */
export function crowdModelOf(path: Path, table: VoteTable, fit: DawidSkeneFit): CrowdModel {
  const k = table.labels.length;
  const rows = (worker: number) =>
    table.labels.map((_, j) => [
      ...fit.confusion.subarray((worker * k + j) * k, (worker * k + j + 1) * k),
    ]);
  return {
    path: pointerOf(path),
    labels: table.labels,
    classMarginals: [...fit.classMarginals],
    confusion: Object.fromEntries(table.workers.map((worker, index) => [worker, rows(index)])),
  };
}

/**
 * The model's posterior for one task. Null when the model is of another field, or a vote names a
 * label that the model has not met; the gold-weighted vote decides then.
 */
export function voteByModel(
  model: CrowdModel,
  path: Path,
  votes: readonly (WeighedVote & { workerId: string })[],
): LabelPosterior | null {
  if (model.path !== pointerOf(path)) return null;
  const columns = votes.map((vote) => model.labels.indexOf(vote.label));
  if (columns.includes(-1)) return null;
  const k = model.labels.length;
  const logWeights = model.labels.map((_, j) => {
    const prior = Math.log(Math.max(Number.MIN_VALUE, model.classMarginals[j] ?? 0));
    return votes.reduce((sum, { workerId, accuracy }, i) => {
      const column = columns[i] ?? 0;
      const symmetric = j === column ? accuracy : (1 - accuracy) / Math.max(1, k - 1);
      const likelihood = model.confusion[workerId]?.[j]?.[column] ?? symmetric;
      return sum + Math.log(Math.max(Number.MIN_VALUE, likelihood));
    }, prior);
  });
  const said = new Map(
    model.labels.flatMap((label, j) =>
      columns.includes(j) ? [[label, logWeights[j] ?? Number.NEGATIVE_INFINITY] as const] : [],
    ),
  );
  return posteriorOf(said, logSumExp(logWeights));
}
