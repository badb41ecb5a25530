import type { Quiz, QuizQuestion } from '@/prisma/generated/client';
import { returnByQuiz } from '@/server/features/verification';
import { announceOnline, grantSkills } from '@/server/features/workers';
import { clock } from '@/server/platform/clock';
import type { Tx } from '@/server/platform/db';
import { answersNeeded } from './quiz-state';

export type WholeQuiz = Quiz & { questions: QuizQuestion[] };

/**
 * A try with its questions, locked: of several requests about it one after the other goes on.
 * @returns null where there is none that fits.
 */
export async function lockQuiz(
  tx: Tx,
  where: { id: string; workerId?: string },
): Promise<WholeQuiz | null> {
  await tx.$queryRaw`SELECT 1 FROM quizzes WHERE id = ${where.id}::uuid FOR UPDATE`;
  return tx.quiz.findFirst({ where, include: { questions: { orderBy: { position: 'asc' } } } });
}

/**
 * Ends a try that is answered whole or whose time is up; the only writer of a quiz's end. What was
 * not answered is wrong. With enough right answers the worker holds the skill from then on, or the pause
 * that it is for ends; the record of their golds then begins with this try.
 * @returns the try as it is now; unchanged where it goes on.
 */
export async function finishIfOver(tx: Tx, quiz: WholeQuiz): Promise<WholeQuiz> {
  const now = clock.now();
  const isWhole = quiz.questions.every((question) => question.answeredAt !== null);
  const isLate = quiz.expiresAt <= now;
  if (quiz.status !== 'open' || !(isWhole || isLate)) return quiz;
  const correct = quiz.questions.filter((question) => question.correct).length;
  const passed = correct >= answersNeeded(quiz.questions.length, quiz.passMark);
  const [ended] = await tx.quiz.updateManyAndReturn({
    where: { id: quiz.id, status: 'open' },
    data: {
      status: passed ? 'passed' : 'failed',
      // A try that nobody came back to ended when its time was up, however late that is seen.
      finishedAt: isWhole ? now : quiz.expiresAt,
    },
  });
  if (!ended) return quiz;
  if (passed && quiz.pauseId) await returnByQuiz(tx, quiz.pauseId, quiz.questions);
  else if (passed) await grant(tx, quiz);
  return { ...ended, questions: quiz.questions };
}

async function grant(tx: Tx, { workerId, skill }: Quiz): Promise<void> {
  await grantSkills(tx, workerId, [skill]);
  const worker = await tx.worker.findUniqueOrThrow({
    where: { id: workerId },
    select: { id: true, mode: true, online: true },
  });
  // Tasks that wait for the skill may be waiting for this worker.
  if (worker.online) await announceOnline(tx, [worker]);
}
