import { togetherIn } from '@/server/platform/together';

/** Voids open reviews, because more answers are wanted. */
export const voidReviews = togetherIn(async (tx, taskIds: readonly string[]) => {
  await tx.review.updateMany({
    where: { taskId: { in: [...taskIds] }, blocking: true, status: 'open' },
    data: { status: 'void' },
  });
  return taskIds.map(() => undefined);
});
