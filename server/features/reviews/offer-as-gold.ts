import { clock } from '@/server/platform/clock';
import type { Tx } from '@/server/platform/db';
import { InvalidRequest } from '@/server/platform/errors';
import { jsonColumn } from '@/server/platform/json-column';
import type { Deciding } from './deciding';

/**
 * Keeps a decided task as a candidate for a gold, until whoever manages the type's golds takes or dismisses
 * it.
 * @throws InvalidRequest where the decision does not say what is right, or the task is a gold already.
 */
export async function offerAsGold(tx: Tx, { review, task, input }: Deciding): Promise<void> {
  const output = input.decision === 'correct' ? input.output : review.proposed;
  const isKnown = input.decision !== 'reject' && output !== null && output !== undefined;
  if (!isKnown || task.row.reservedFor !== null || review.secondOf !== null) {
    throw new InvalidRequest(
      'Only a task whose right answer was decided can be offered as a gold.',
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
