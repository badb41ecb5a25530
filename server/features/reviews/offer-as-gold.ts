import { clock } from '@/server/platform/clock';
import type { Tx } from '@/server/platform/db';
import { InvalidRequest } from '@/server/platform/errors';
import { jsonColumn } from '@/server/platform/json-column';
import type { Deciding } from './deciding';

/**
 * Stores a decided task as a gold candidate, until a member who manages the type's golds accepts or
 * dismisses it.
 * @throws InvalidRequest if the decision does not define the right answer, or the task is already a
 * gold.
 */
export async function offerAsGold(tx: Tx, { review, task, input }: Deciding): Promise<void> {
  const output = input.decision === 'correct' ? input.output : review.proposed;
  const isKnown = input.decision !== 'reject' && output !== null && output !== undefined;
  if (!isKnown || task.row.reservedFor !== null || review.secondOf !== null) {
    throw new InvalidRequest(
      'Only a task with a decided right answer can be suggested as a gold.',
      {
        param: 'offerAsGold',
      },
    );
  }
  await tx.goldCandidate.create({
    data: {
      id: review.id,
      organizationId: review.organizationId,
      mode: review.mode,
      type: review.type,
      taskId: review.taskId,
      expectedOutput: jsonColumn(output),
      explanation: input.note ?? '',
      createdAt: clock.now(),
    },
  });
}
