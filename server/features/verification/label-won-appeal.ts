import { db } from '@/server/platform/db';
import type { LabelledFacet } from './consensus/labelled-facets';
import type { EvidenceOwner } from './evidence';
import { labelAnswers } from './label-answers';
import { loadTaskContext } from './load-context';
import type { Json } from './stage';

/**
 * The evidence from an upheld appeal: about its worker and, except on a gold, about those whose
 * answers counted. Not about calibration: only rejected workers appeal, so such tasks are not a
 * random sample.
 * @param truth The right answer; it satisfies the task's schema.
 */
export async function labelWonAppeal(
  { taskId, answerId }: { taskId: string; answerId: string },
  truth: unknown,
): Promise<{ scope: EvidenceOwner; labelled: LabelledFacet[] }> {
  const task = await loadTaskContext(taskId);
  const answers = await db.answer.findMany({
    where: { taskId, OR: [{ id: answerId }, { status: 'accepted' }] },
    orderBy: { id: 'asc' },
  });
  const known = { output: truth as Json, partial: false };
  const labelled = await labelAnswers(task, answers, known);
  const { organizationId, mode, type } = task.scope;
  return {
    scope: { organizationId, mode, type },
    labelled: labelled.map((facet) => ({ ...facet, calibrates: null })),
  };
}
