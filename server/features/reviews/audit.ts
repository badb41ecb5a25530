/** What a look after delivery does: evidence for everybody who voted, and word to the customer. */
import { recordTaskEvent } from '@/server/features/tasks';
import { findAgreement, labelAnswers, recordEvidence } from '@/server/features/verification';
import { clock } from '@/server/platform/clock';
import { db, type Tx } from '@/server/platform/db';
import { jsonColumn } from '@/server/platform/json-column';
import { type Deciding, recordDecision } from './deciding';

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
  const corrects = await differs(deciding, delivered);
  return async (tx) => {
    await recordEvidence(tx, task.scope, labelled, review.weight, {
      taskId: review.taskId,
      source: 'audit',
      confidence: task.row.confidence,
    });
    await recordDecision(tx, deciding);
    if (corrects) await recordCorrection(tx, deciding);
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
async function differs({ task, input }: Deciding, delivered: unknown): Promise<boolean> {
  if (input.decision !== 'correct') return input.decision === 'reject';
  const asDelivered = [{ id: 'delivered', output: delivered as never }];
  const schema = task.row.outputSchema as object;
  return (await findAgreement(schema, input.output, asDelivered)).size === 0;
}

/** The output stays as it was delivered; the task says beside it what it should have been. */
async function recordCorrection(tx: Tx, { review, input, by }: Deciding): Promise<void> {
  await recordTaskEvent(tx, {
    taskId: review.taskId,
    type: 'task.corrected',
    by,
    where: { status: 'verified' },
    set: {
      correction: jsonColumn({
        decision: input.decision,
        output: input.decision === 'correct' ? input.output : null,
        reason: input.note || null,
        corrected_at: clock.now().toISOString(),
      }),
    },
    data: { reviewId: review.id, decision: input.decision },
  });
}
