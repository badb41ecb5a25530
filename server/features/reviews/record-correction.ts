import { recordTaskEvent } from '@/server/features/tasks';
import { findAgreement } from '@/server/features/verification';
import { clock } from '@/server/platform/clock';
import type { Tx } from '@/server/platform/db';

/** A correction of a verified task after delivery. */
export interface Correction {
  taskId: string;
  decision: 'correct' | 'reject';
  /** The right output; undefined for a rejection. */
  output: unknown;
  reason: string | null;
  /** The author's name in the timeline. */
  by: string;
  /** The timeline's source of the correction. */
  data: { reviewId: string } | { appealId: string };
}

/** Whether the customer would have received another output if this had been known before. */
export async function differsFromDelivered(
  task: { outputSchema: unknown; output: unknown },
  right: unknown,
): Promise<boolean> {
  const asDelivered = [{ id: 'delivered', output: task.output as never }];
  return (await findAgreement(task.outputSchema as object, right, asDelivered)).size === 0;
}

/** The delivered output is unchanged; the correction is stored next to it. */
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
