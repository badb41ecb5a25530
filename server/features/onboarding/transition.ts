import type { Quiz, QuizQuestion } from '@/prisma/generated/client';
import { returnByQuiz } from '@/server/features/verification';
import { announceOnline, grantSkills } from '@/server/features/workers';
import { clock } from '@/server/platform/clock';
import type { Tx } from '@/server/platform/db';
import { answersNeeded } from './quiz-state';

export type WholeQuiz = Quiz & { questions: QuizQuestion[] };

/**
 * Locks an attempt with its questions, which serializes concurrent requests about it.
 * @returns null if there is no such attempt.
 */
export async function lockQuiz(
  tx: Tx,
  where: { id: string; workerId?: string },
): Promise<WholeQuiz | null> {
  await tx.$queryRaw`SELECT 1 FROM quizzes WHERE id = ${where.id}::uuid FOR UPDATE`;
  return tx.quiz.findFirst({ where, include: { questions: { orderBy: { position: 'asc' } } } });
}

/**
 * Ends an attempt that is complete or past its deadline; the only writer of a quiz's end.
 * Unanswered questions count as wrong. If it is passed, the worker gets the skill, or the pause
 * ends; their gold record then starts with this attempt.
 * @returns the updated attempt, or the unchanged one if it continues.
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
      // An abandoned attempt ended at its deadline, however late that is recorded.
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
  // Tasks that require the skill may be waiting for this worker.
  if (worker.online) await announceOnline(tx, [worker]);
}
