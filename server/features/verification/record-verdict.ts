import type { Answer } from '@/prisma/generated/client';
import { lockTask } from '@/server/features/tasks';
import { type Tx, transaction } from '@/server/platform/db';
import { labelJudged } from './label-answers';
import type { TaskContext } from './load-context';
import { outcomeOf } from './outcome';
import { type JudgedAnswer, recordAnswers, recordPaces, recordStanding } from './record-answer';
import { recordEvidence } from './record-evidence';
import { type Outcome, settleJudgement } from './settle-judgement';

/**
 * Records a judgement: the verdicts, what became of each answer, the task's transition, the money
 * and the outbox, in one transaction. The task's status is the fence: zero rows, and all is undone.
 * @returns the outcome, or null where the task had moved on meanwhile.
 */
export async function recordJudgement(
  task: TaskContext,
  judged: readonly JudgedAnswer[],
  accepted: readonly Answer[],
): Promise<Outcome | null> {
  const last = judged.findLast((each) => each.judgement.outcome !== 'reject');
  const outcome =
    last?.judgement.outcome === 'verified'
      ? await outcomeOf(task, last.judgement, accepted)
      : undefined;
  const labelled = await labelJudged(task, judged, accepted);
  return transaction(async (tx) => {
    const locked = await lockTask(tx, task.row.id);
    if (locked?.status !== 'submitted') return null;
    if (await isStale(tx, judged)) return 'again';
    // What is counted for workers is locked in one order, whoever answered first.
    const byWorker = judged.toSorted((a, b) => a.answer.workerId.localeCompare(b.answer.workerId));
    // In the order of judgement: the newest verdict is the one that settled the task.
    await recordAnswers(tx, task, judged);
    for (const each of byWorker) await recordStanding(tx, task, each);
    // Where they teach something, workers' records are locked before evidence, as on a gold.
    const teaches = labelled.length > 0;
    if (teaches) await recordPaces(tx, task, byWorker);
    await recordEvidence(tx, task.scope, labelled, 1, {
      taskId: task.row.id,
      goldId: task.row.goldId,
      source: task.row.goldId ? 'gold' : 'review',
    });
    const { result, pay } = await settleJudgement(tx, task, { judged, accepted, outcome });
    // Others wait for the workers' records and for the balances, so these come last, and in that order.
    if (!teaches) await recordPaces(tx, task, byWorker);
    await pay?.();
    return result;
  });
}

/** True where another judgement has recorded one of these answers since they were read. */
async function isStale(tx: Tx, judged: readonly JudgedAnswer[]): Promise<boolean> {
  const now = await tx.answer.findMany({
    where: { id: { in: judged.map((each) => each.answer.id) } },
    select: { id: true, status: true },
  });
  const statusOf = new Map(now.map((answer) => [answer.id, answer.status]));
  return judged.some(({ answer }) => statusOf.get(answer.id) !== answer.status);
}
