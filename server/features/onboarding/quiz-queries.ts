import { getSettings } from '@/server/features/settings';
import { countQuizGolds, findQuizType, getQuizGolds } from '@/server/features/task-types';
import type { WorkerActor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { db, transaction } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { isUuid } from '@/server/platform/ids';
import { answersNeeded, quizStanding } from './quiz-state';
import type { AskedType, OfSkill, QuizView } from './schema';
import { finishIfOver, lockQuiz, type WholeQuiz } from './transition';

/**
 * The worker's newest try at a skill: its open question, or how it went.
 * @returns null where none was made yet.
 */
export async function findQuiz(actor: WorkerActor, { skill }: OfSkill): Promise<QuizView | null> {
  const last = await db.quiz.findFirst({
    where: { workerId: actor.workerId, skill },
    orderBy: { number: 'desc' },
    select: { id: true },
  });
  return last ? viewQuiz(actor, last.id) : null;
}

/**
 * A try as its worker may see it: one question at a time, and never what is expected of it.
 * @throws NotFound where it is not this worker's.
 */
export async function viewQuiz(actor: WorkerActor, id: string): Promise<QuizView> {
  const quiz = isUuid(id)
    ? await transaction(async (tx) => {
        const found = await lockQuiz(tx, { id, workerId: actor.workerId });
        return found && finishIfOver(tx, found);
      })
    : null;
  if (!quiz) throw new NotFound('quiz', id);
  return render(actor, quiz);
}

async function render(actor: WorkerActor, quiz: WholeQuiz): Promise<QuizView> {
  const { questions } = quiz;
  const asked = await askedType(quiz.skill);
  const next = quiz.status === 'open' ? questions.find(({ answeredAt }) => !answeredAt) : undefined;
  const [payload] = next ? await getQuizGolds(db, [next.goldId]) : [];
  return {
    id: quiz.id,
    skill: quiz.skill,
    number: quiz.number,
    status: quiz.status,
    expiresAt: quiz.expiresAt,
    total: questions.length,
    answered: questions.filter(({ answeredAt }) => answeredAt).length,
    needed: answersNeeded(questions.length, quiz.passMark),
    asked,
    question:
      next && payload ? { id: next.id, position: next.position, payload: payload.payload } : null,
    result: quiz.status === 'open' ? null : await resultOf(actor, quiz),
  };
}

/** What the form and the instructions of a type are. */
export async function askedType(type: string): Promise<AskedType> {
  const found = await findQuizType(type);
  if (!found) throw new NotFound('quiz', type);
  const { title, instructions, formSchema } = found;
  return { type, title, instructions, formSchema };
}

async function resultOf(actor: WorkerActor, quiz: WholeQuiz): Promise<QuizView['result']> {
  const [tries, held, counts, { quiz: numbers }, golds] = await Promise.all([
    db.quiz.findMany({ where: { workerId: actor.workerId, skill: quiz.skill } }),
    db.workerSkill.findUnique({
      where: { workerId_skill: { workerId: actor.workerId, skill: quiz.skill } },
    }),
    countQuizGolds(),
    getSettings(),
    getQuizGolds(
      db,
      quiz.questions.map(({ goldId }) => goldId),
    ),
  ]);
  const standing = quizStanding({
    held: held ?? undefined,
    golds: counts.get(quiz.skill) ?? 0,
    tries,
    numbers,
    nowMs: clock.nowMs(),
  });
  const goldOf = new Map(golds.map((gold) => [gold.id, gold]));
  return {
    correct: quiz.questions.filter(({ correct }) => correct).length,
    timedOut: quiz.questions.some(({ answeredAt }) => !answeredAt),
    questions: quiz.questions.map(({ position, correct, output, answeredAt, goldId }) => {
      const gold = goldOf.get(goldId);
      return {
        position,
        correct: correct ?? false,
        // Of what was never answered nothing is told, or letting time run out would be a way to look.
        wrong:
          gold && answeredAt && !correct
            ? { payload: gold.payload, output, explanation: gold.explanation }
            : null,
      };
    }),
    triesLeft: standing.triesLeft,
    retryAt: standing.retryAt,
  };
}
