import type { Answer } from '@/prisma/generated/client';
import type { Tx } from '@/server/platform/db';
import type { TaskContext } from './load-context';
import type { Judgement } from './stage';

interface JudgedAnswer {
  answer: Answer;
  judgement: Judgement;
}

function goldVerdictOf({ judgement }: JudgedAnswer): string | undefined {
  return judgement.verdicts.find(({ stage }) => stage === 'gold')?.verdict;
}

/**
 * Whether it is an answer to a gold that counts now: one that an earlier stage turned back says nothing,
 * and one that was judged before has been counted.
 */
export function isGoldAnswered({ row }: Pick<TaskContext, 'row'>, judged: JudgedAnswer): boolean {
  const verdict = goldVerdictOf(judged);
  const isJudged = verdict === 'pass' || verdict === 'reject';
  return row.goldId !== null && judged.answer.status === 'pending' && isJudged;
}

/**
 * Counts an answer to a gold, for the gold and for its worker's accuracy, in the transaction of the
 * verdict.
 */
export async function recordGold(
  tx: Tx,
  task: Pick<TaskContext, 'row'>,
  judged: JudgedAnswer,
): Promise<void> {
  const { row } = task;
  if (row.goldId === null || !isGoldAnswered(task, judged)) return;
  const { answer } = judged;
  const correct = goldVerdictOf(judged) === 'pass' ? 1 : 0;
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
