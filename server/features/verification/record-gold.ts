import type { Answer } from '@/prisma/generated/client';
import type { Tx } from '@/server/platform/db';
import { enqueue } from '@/server/platform/outbox';
import type { TaskContext } from './load-context';
import type { GoldTally, Judgement } from './stage';

interface JudgedAnswer {
  answer: Answer;
  judgement: Judgement;
}

function goldVerdictOf({ judgement }: JudgedAnswer) {
  return judgement.verdicts.find(({ stage }) => stage === 'gold');
}

/**
 * Whether it is an answer to a gold that counts now: not if an earlier stage rejected it, or if it
 * was already counted.
 */
export function isGoldAnswered({ row }: Pick<TaskContext, 'row'>, judged: JudgedAnswer): boolean {
  const verdict = goldVerdictOf(judged)?.verdict;
  const isJudged = verdict === 'pass' || verdict === 'reject';
  return row.goldId !== null && judged.answer.status === 'pending' && isJudged;
}

/**
 * Counts an answer to a gold, for the gold and, unless it is withdrawn, for its worker's accuracy,
 * in the verdict's transaction.
 * @returns whether it was counted for the worker.
 */
export async function recordGold(
  tx: Tx,
  task: Pick<TaskContext, 'row'>,
  judged: JudgedAnswer,
): Promise<boolean> {
  const { row } = task;
  if (row.goldId === null || !isGoldAnswered(task, judged)) return false;
  const { answer } = judged;
  const verdict = goldVerdictOf(judged);
  const correct = verdict?.verdict === 'pass' ? 1 : 0;
  // Notified only if the worker is shown the result; otherwise a message would reveal golds.
  const details = verdict?.details?.gold as { told?: boolean; share?: number } | undefined;
  const isTold = details?.told === true;
  const { mode, id: taskId } = row;
  const live = { type: 'answer.checked', mode, taskId, workerId: answer.workerId };
  const gold = await tx.gold.update({
    where: { id: row.goldId },
    data: { served: { increment: 1 }, correct: { increment: correct } },
  });
  await enqueue(tx, [
    {
      topic: 'gold.judged',
      key: `gold.judged:${answer.id}`,
      data: { goldId: gold.id },
      ...(isTold ? { live } : {}),
    },
  ]);
  if (gold.withdrawn) return false;
  await countGolds(tx, answer, { correct, total: 1 }, details?.share ?? correct);
  return true;
}

/** Adds golds to a worker's record of one organization's type. */
export async function countGolds(
  tx: Tx,
  { workerId, organizationId, type }: { workerId: string; organizationId: string; type: string },
  { correct, total }: GoldTally,
  score: number = correct,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO worker_type_records AS r
           (worker_id, organization_id, type, gold_correct, gold_total, gold_score)
    VALUES (${workerId}::uuid, ${organizationId}::uuid, ${type}, ${correct},
            ${total}, ${score})
    ON CONFLICT (worker_id, organization_id, type) DO UPDATE
       SET gold_correct = r.gold_correct + excluded.gold_correct,
           gold_total = r.gold_total + excluded.gold_total,
           gold_score = r.gold_score + excluded.gold_score`;
}
