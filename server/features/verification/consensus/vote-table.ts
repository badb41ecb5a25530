/** Votes as columns of integers, the estimators' input. */

export interface Vote {
  task: string;
  worker: string;
  label: string;
}

/** A vote on one task, as an index among all labels. */
export interface LabelVote {
  workerId: string;
  /** Place of the label in [0, k). */
  label: number;
  /** It has weight, but its label cannot win unless somebody else gave it too. */
  isAgent?: boolean;
}

/** Row v says: worker `worker[v]` called task `task[v]` `label[v]`. Indexes point into the names. */
export interface VoteTable {
  tasks: readonly string[];
  workers: readonly string[];
  labels: readonly string[];
  task: Int32Array;
  worker: Int32Array;
  label: Int32Array;
}

function numbered(names: Iterable<string>): Map<string, number> {
  const numbers = new Map<string, number>();
  for (const name of names) if (!numbers.has(name)) numbers.set(name, numbers.size);
  return numbers;
}

/**
 * Converts votes to a table. Names are numbered in order of first appearance, labels in sorted
 * order (numbers by size), so that the same votes in another order give the same matrices.
 * @param labels All possible labels; by default those that were given.
 */
export function voteTable(votes: readonly Vote[], labels?: readonly string[]): VoteTable {
  const tasks = numbered(votes.map((vote) => vote.task));
  const workers = numbered(votes.map((vote) => vote.worker));
  const known = labels ?? [...new Set(votes.map((vote) => vote.label))].sort(compareLabels);
  const labelNumbers = numbered(known);
  const column = (pick: (vote: Vote) => number | undefined) =>
    Int32Array.from(votes, (vote) => pick(vote) ?? -1);
  return {
    tasks: [...tasks.keys()],
    workers: [...workers.keys()],
    labels: [...labelNumbers.keys()],
    task: column((vote) => tasks.get(vote.task)),
    worker: column((vote) => workers.get(vote.worker)),
    label: column((vote) => labelNumbers.get(vote.label)),
  };
}

function compareLabels(a: string, b: string): number {
  const difference = Number(a) - Number(b);
  if (!Number.isNaN(difference) && difference !== 0) return difference;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Vote shares, tasks × labels, row by row. A task without votes gets equal shares. */
export function voteShares(table: VoteTable): Float64Array {
  const k = table.labels.length;
  const shares = new Float64Array(table.tasks.length * k);
  for (let v = 0; v < table.task.length; v++) {
    const cell = (table.task[v] ?? 0) * k + (table.label[v] ?? 0);
    shares[cell] = (shares[cell] ?? 0) + 1;
  }
  for (let t = 0; t < table.tasks.length; t++) normalizeRow(shares, t * k, k);
  return shares;
}

/** Scales `size` cells from `start` to sum 1; equal shares if they sum to 0. */
export function normalizeRow(cells: Float64Array, start: number, size: number): void {
  let sum = 0;
  for (let c = start; c < start + size; c++) sum += cells[c] ?? 0;
  for (let c = start; c < start + size; c++) cells[c] = sum > 0 ? (cells[c] ?? 0) / sum : 1 / size;
}

/** Natural logarithm of Σ exp(x), safe for very small and very large x. */
export function logSumExp(values: ArrayLike<number>): number {
  let top = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) top = Math.max(top, values[i] ?? top);
  if (!Number.isFinite(top)) return top;
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += Math.exp((values[i] ?? top) - top);
  return top + Math.log(sum);
}
