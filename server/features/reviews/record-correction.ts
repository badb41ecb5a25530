import { recordTaskEvent } from '@/server/features/tasks';
import { findAgreement } from '@/server/features/verification';
import { clock } from '@/server/platform/clock';
import type { Tx } from '@/server/platform/db';

/** What was found out about a verified task after it was delivered. */
export interface Correction {
  taskId: string;
  decision: 'correct' | 'reject';
  /** What is right; of a rejection nobody says. */
  output: unknown;
  reason: string | null;
  /** Whom the timeline names. */
  by: string;
  /** What the timeline says it comes from. */
  data: { reviewId: string } | { appealId: string };
}

/** Whether the customer would have got something else, had this been known before. */
export async function differsFromDelivered(
  task: { outputSchema: unknown; output: unknown },
  right: unknown,
): Promise<boolean> {
  const asDelivered = [{ id: 'delivered', output: task.output as never }];
  return (await findAgreement(task.outputSchema as object, right, asDelivered)).size === 0;
}

/** The output stays as it was delivered; the task says beside it what it should have been. */
export async function recordCorrection(
  tx: Tx,
  { taskId, decision, output, reason, by, data }: Correction,
): Promise<void> {
  await recordTaskEvent(tx, {
    taskId,
    type: 'task.corrected',
    by,
    status: 'verified',
    set: {
      correction: {
        decision,
        output: decision === 'correct' ? output : null,
        reason,
        corrected_at: clock.now().toISOString(),
      },
    },
    data: { ...data, decision },
  });
}
