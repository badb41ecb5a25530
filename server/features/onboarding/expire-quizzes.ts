import { clock } from '@/server/platform/clock';
import { db, transaction } from '@/server/platform/db';
import { finishIfOver, lockQuiz } from './transition';

/**
 * Ends abandoned attempts past their deadline, at most 200 per call.
 * @returns the number ended.
 */
export async function expireQuizzes(): Promise<{ expired: number }> {
  const late = await db.quiz.findMany({
    where: { status: 'open', expiresAt: { lte: clock.now() } },
    orderBy: { expiresAt: 'asc' },
    take: 200,
    select: { id: true },
  });
  for (const { id } of late) {
    await transaction(async (tx) => {
      const quiz = await lockQuiz(tx, { id });
      if (quiz) await finishIfOver(tx, quiz);
    });
  }
  return { expired: late.length };
}
