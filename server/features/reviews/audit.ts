/** What a look after delivery does: evidence for everybody who voted, and word to the customer. */
import { labelAnswers, recordEvidence } from '@/server/features/verification';
import { db, type Tx } from '@/server/platform/db';
import { type Deciding, recordDecision } from './deciding';
import { differsFromDelivered, recordCorrection } from './record-correction';

/**
 * Reads what an audit teaches, and whether it came to another output than was delivered. A rejection does
 * not say what is right, so it is no evidence.
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

/** Whether the customer would have got something else, had the reviewer looked before. */
async function differs({ task, input }: Deciding): Promise<boolean> {
  if (input.decision !== 'correct') return input.decision === 'reject';
  return differsFromDelivered(task.row, input.output);
}
