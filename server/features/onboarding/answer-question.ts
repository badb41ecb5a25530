import { getQuizGolds } from '@/server/features/task-types';
import { assertAnswerFits } from '@/server/features/tasks';
import { matchesKnownAnswer, recordQuizAnswer } from '@/server/features/verification';
import type { WorkerActor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { canonicalJson } from '@/server/platform/crypto';
import { db, type Tx, transaction } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { jsonColumn } from '@/server/platform/json-column';
import { kickOutbox } from '@/server/platform/outbox';
import { AlreadyAnswered } from './errors';
import { viewQuiz } from './quiz-queries';
import { ownerOf, subjectOf, typeOf } from './quiz-subject';
import type { AnswerQuestion, QuizView } from './schema';
import { finishIfOver, lockQuiz } from './transition';

/**
 * Answers the current question. The first answer stands: resending it is idempotent, a different
 * one is rejected. The attempt ends with the last answer or at the deadline.
 * @returns the next question, or the result; late answers are not counted.
 * @throws NotFound if the question is not this worker's or not current; InvalidRequest
 * `answer_invalid` if it does not match the form, without counting; AlreadyAnswered 409.
 */
export async function answerQuestion(
  actor: WorkerActor,
  { questionId, output }: AnswerQuestion,
): Promise<QuizView> {
  const found = await db.quizQuestion.findFirst({
    where: { id: questionId, quiz: { workerId: actor.workerId } },
    include: { quiz: { select: { skill: true, pauseId: true } } },
  });
  if (!found) throw new NotFound('question', questionId);
  const subject = await subjectOf(found.quiz, actor.mode);
  const type = await typeOf(subject);
  await assertAnswerFits(type.outputSchema, output);
  await transaction((tx) =>
    record(tx, {
      quizId: found.quizId,
      questionId,
      output,
      isRight: (expected) => matchesKnownAnswer(type.outputSchema, expected, output),
      count: (expected, correct) =>
        recordQuizAnswer(tx, {
          ...actor,
          ...type,
          owner: ownerOf(subject)?.organizationId ?? null,
          returnTo: subject.pause?.organizationId ?? null,
          ...{ expected, output, correct },
        }),
    }),
  );
  kickOutbox();
  return viewQuiz(actor, found.quizId);
}

interface Given {
  quizId: string;
  questionId: string;
  output: unknown;
  isRight: (expected: unknown) => Promise<boolean>;
  /** Counts the answer as evidence of the worker's skill. */
  count: (expected: unknown, correct: boolean) => Promise<void>;
}

async function record(tx: Tx, given: Given): Promise<void> {
  const { quizId, questionId, output } = given;
  const locked = await lockQuiz(tx, { id: quizId });
  const quiz = locked && (await finishIfOver(tx, locked));
  const question = quiz?.questions.find(({ id }) => id === questionId);
  if (!quiz || !question) throw new NotFound('question', questionId);
  if (question.answeredAt) {
    if (canonicalJson(question.output) !== canonicalJson(output)) throw new AlreadyAnswered();
    return;
  }
  if (quiz.status !== 'open') return;
  const next = quiz.questions.find(({ answeredAt }) => !answeredAt);
  if (next?.id !== questionId) throw new NotFound('question', questionId);
  const [gold] = await getQuizGolds(tx, [question.goldId]);
  const correct = gold !== undefined && (await given.isRight(gold.expected));
  const answered = { output: jsonColumn(output), correct, answeredAt: clock.now() };
  await tx.quizQuestion.update({ where: { id: questionId }, data: answered });
  if (gold) await given.count(gold.expected, correct);
  const questions = quiz.questions.map((each) =>
    each.id === questionId ? { ...each, correct, answeredAt: answered.answeredAt } : each,
  );
  await finishIfOver(tx, { ...quiz, questions });
}
