import { togetherIn } from '@/server/platform/together';

/** A reviewer is no longer waited for, since more answers are wanted. */
export const voidReviews = togetherIn(async (tx, taskIds: readonly string[]) => {
  await tx.review.updateMany({
    where: { taskId: { in: [...taskIds] }, blocking: true, status: 'open' },
    data: { status: 'void' },
  });
  return taskIds.map(() => undefined);
});
