import type { SharedTask } from './stage';

/** Enough to tell what others say of a task. */
const OTHERS_MAX = 10;

/** An earlier answer of a worker, and what others gave for its task; null where nobody did. */
export interface RecentAnswer {
  output: unknown;
  others: unknown[] | null;
}

/**
 * Those of a worker's recent answers whose tasks others answered as well, each as labels. Answers without a
 * label are left out; golds have no others.
 * @param labelIn the label of an output, null where it has none.
 */
export function sharedTasks(
  recent: readonly RecentAnswer[],
  labelIn: (output: unknown) => string | null,
): SharedTask[] {
  return recent.flatMap(({ output, others }) => {
    const own = labelIn(output);
    if (own === null || !others) return [];
    const said = others.flatMap((other) => labelIn(other) ?? []).slice(0, OTHERS_MAX);
    return said.length > 0 ? [{ own, others: said }] : [];
  });
}
