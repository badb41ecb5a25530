import type { Evidence, FacetEvidence } from './consensus/evidence-facts';

/** The subset of loaded evidence that concerns some of the voters. Pure. */
export function evidenceOf(evidence: Evidence, workerIds: readonly string[]): Evidence {
  const all = Object.entries(evidence).map(([facet, { models, ...known }]) => {
    const own: FacetEvidence = {
      ...known,
      voters: ofWorkers(known.voters, workerIds),
      ...(models ? { models: { ...models, workers: ofWorkers(models.workers, workerIds) } } : {}),
    };
    return [facet, own] as const;
  });
  return Object.fromEntries(all.filter(([, known]) => saysSomething(known)));
}

function ofWorkers<T>(
  all: Readonly<Record<string, T>>,
  workerIds: readonly string[],
): Record<string, T> {
  return Object.fromEntries(Object.entries(all).filter(([id]) => workerIds.includes(id)));
}

function saysSomething({ pool, voters, classPrior, calibrator, models }: FacetEvidence): boolean {
  return (
    pool.total > 0 ||
    calibrator !== undefined ||
    classPrior !== undefined ||
    models !== undefined ||
    Object.keys(voters).length > 0
  );
}
