/**
 * The effects of an audit after delivery: evidence about all voters, and a correction for the
 * customer.
 */
import { labelAnswers, recordEvidence } from '@/server/features/verification';
import { db, type Tx } from '@/server/platform/db';
import { type Deciding, recordDecision } from './deciding';
import { differsFromDelivered, recordCorrection } from './record-correction';

/**
 * Prepares an audit's evidence, and whether its output differs from the delivered one. A rejection
 * does not tell the right answer, so it is no evidence.
 */
export async function prepareAudit(deciding: Deciding): Promise<(tx: Tx) => Promise<void>> {
  const { review, task, input } = deciding;
  const delivered = task.row.output;
  const truth = input.decision === 'correct' ? input.output : delivered;
  const labelled =
    input.decision === 'reject' || truth === null || truth === undefined
      ? []
      : await labelAnswers(task, await findAccepted(review.taskId), {
          output: truth as never,
          partial: false,
        });
  const corrects = await differs(deciding);
  return async (tx) => {
    await recordEvidence(tx, task.scope, labelled, review.weight, {
      taskId: review.taskId,
      source: 'audit',
      confidence: task.row.confidence,
    });
    await recordDecision(tx, deciding);
    if (!corrects || input.decision === 'accept') return;
    await recordCorrection(tx, {
      taskId: review.taskId,
      decision: input.decision,
      output: input.output,
      reason: input.note || null,
      by: deciding.by,
      data: { reviewId: review.id },
    });
  };
}

async function findAccepted(taskId: string) {
  return db.answer.findMany({
    where: { taskId, status: 'accepted' },
    orderBy: { id: 'asc' },
    select: { workerId: true, output: true },
  });
}

/** Whether the customer would have received another output if the reviewer had decided first. */
async function differs({ task, input }: Deciding): Promise<boolean> {
  if (input.decision !== 'correct') return input.decision === 'reject';
  return differsFromDelivered(task.row, input.output);
}
