import type { Answer } from '@/prisma/generated/client';
import type { Tx } from '@/server/platform/db';
import type { TaskContext } from './load-context';
import type { Judgement } from './stage';

/**
 * Counts an answer to a gold, for the gold and for its worker's accuracy, in the transaction of the
 * verdict. An answer that an earlier stage turned back says nothing of either, and one that was
 * judged before has been counted.
 */
export async function recordGold(
  tx: Tx,
  { row }: Pick<TaskContext, 'row'>,
  { answer, judgement }: { answer: Answer; judgement: Judgement },
): Promise<void> {
  const verdict = judgement.verdicts.find(({ stage }) => stage === 'gold')?.verdict;
  const isJudged = verdict === 'pass' || verdict === 'reject';
  if (row.goldId === null || answer.status !== 'pending' || !isJudged) return;
  const correct = verdict === 'pass' ? 1 : 0;
  await tx.gold.update({
    where: { id: row.goldId },
    data: { served: { increment: 1 }, correct: { increment: correct } },
  });
  await tx.$executeRaw`
    INSERT INTO worker_type_records AS r (worker_id, organization_id, type, gold_correct, gold_total)
    VALUES (${answer.workerId}::uuid, ${row.organizationId}::uuid, ${answer.type}, ${correct}, 1)
    ON CONFLICT (worker_id, organization_id, type) DO UPDATE
       SET gold_correct = r.gold_correct + excluded.gold_correct,
           gold_total = r.gold_total + excluded.gold_total`;
}
