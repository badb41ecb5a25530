import { db } from '@/server/platform/db';
import type { LabelledFacet } from './consensus/labelled-facets';
import type { EvidenceOwner } from './evidence';
import { labelAnswers } from './label-answers';
import { loadTaskContext } from './load-context';
import type { Json } from './stage';

/**
 * What a won appeal teaches: of its worker and, except on a gold, of those whose answers counted. Not of
 * how far confidences can be trusted: who appeals has lost, so such tasks are no sample of all.
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
