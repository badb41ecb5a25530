import { getSettings } from '@/server/features/settings';
import { getQuizGolds } from '@/server/features/task-types';
import type { WorkerActor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { db, transaction } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { isUuid } from '@/server/platform/ids';
import { answersNeeded, quizStanding } from './quiz-state';
import { goldsOf, type QuizSubject, subjectOf, subjectOfPause, typeOf } from './quiz-subject';
import type { AskedType, OfPause, OfSkill, QuizView, ReturnQuizView } from './schema';
import { finishIfOver, lockQuiz, type WholeQuiz } from './transition';

/**
 * The worker's latest attempt at a skill: its current question, or its result.
 * @returns null if there is none.
 */
export async function findQuiz(actor: WorkerActor, { skill }: OfSkill): Promise<QuizView | null> {
  const last = await db.quiz.findFirst({
    where: { workerId: actor.workerId, skill, pauseId: null },
    orderBy: { number: 'desc' },
    select: { id: true },
  });
  return last ? viewQuiz(actor, last.id) : null;
}

/**
 * The state of the quiz that ends a pause, and its latest attempt.
 * @throws NotFound if the pause is not this worker's, or no quiz ends it.
 */
export async function getReturnQuiz(
  actor: WorkerActor,
  { pauseId }: OfPause,
): Promise<ReturnQuizView> {
  const subject = await subjectOfPause(actor, pauseId);
  const [tries, golds, { quiz: numbers }] = await Promise.all([
    db.quiz.findMany({
      where: { workerId: actor.workerId, pauseId },
      orderBy: { number: 'desc' },
    }),
    goldsOf(db, subject),
    getSettings(),
  ]);
  const standing = quizStanding({
    held: subject.pause.liftedAt ? { paused: false } : undefined,
    golds: golds.length,
    tries,
    numbers,
    nowMs: clock.nowMs(),
    notBefore: subject.pause.returnsAt,
  });
  // Too few golds are left for a quiz since some were retired, so that the pause ends by time
  // alone.
  if (standing.state === 'free') {
    await db.skillPause.updateMany({
      where: { id: pauseId, liftedAt: null },
      data: { returnsBy: 'probation' },
    });
  }
  const [last] = tries;
  return {
    type: subject.skill,
    reason: subject.pause.reason,
    step: {
      name: subject.skill,
      description: '',
      wanted: false,
      questions: Math.min(golds.length, numbers.questions),
      minutes: numbers.minutes,
      ...standing,
    },
    last: last ? await viewQuiz(actor, last.id) : null,
  };
}

/**
 * An attempt as its worker may see it: one question at a time, never the expected answers.
 * @throws NotFound if it is not this worker's.
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
  const subject = await subjectOf(quiz, actor.mode);
  const asked = await askedOf(subject);
  const next = quiz.status === 'open' ? questions.find(({ answeredAt }) => !answeredAt) : undefined;
  const [payload] = next ? await getQuizGolds(db, [next.goldId]) : [];
  return {
    id: quiz.id,
    skill: quiz.skill,
    pauseId: quiz.pauseId,
    number: quiz.number,
    status: quiz.status,
    expiresAt: quiz.expiresAt,
    total: questions.length,
    answered: questions.filter(({ answeredAt }) => answeredAt).length,
    needed: answersNeeded(questions.length, quiz.passMark),
    asked,
    question:
      next && payload ? { id: next.id, position: next.position, payload: payload.payload } : null,
    result: quiz.status === 'open' ? null : await resultOf(actor, quiz, subject),
  };
}

/** The form and instructions of a built-in type. */
export function askedType(type: string): Promise<AskedType> {
  return askedOf({ skill: type, mode: 'live', pause: null });
}

async function askedOf(subject: QuizSubject): Promise<AskedType> {
  const { type, title, instructions, formSchema } = await typeOf(subject);
  return { type, title, instructions, formSchema };
}

/** The worker's skill, or whether the pause is over. */
async function findHeld(actor: WorkerActor, { skill, pause }: QuizSubject) {
  if (pause) return pause.liftedAt ? { paused: false } : undefined;
  const held = await db.workerSkill.findUnique({
    where: { workerId_skill: { workerId: actor.workerId, skill } },
  });
  return held ?? undefined;
}

async function resultOf(
  actor: WorkerActor,
  quiz: WholeQuiz,
  subject: QuizSubject,
): Promise<QuizView['result']> {
  const { skill, pauseId } = quiz;
  const [tries, held, askable, { quiz: numbers }, golds] = await Promise.all([
    db.quiz.findMany({ where: { workerId: actor.workerId, skill, pauseId } }),
    findHeld(actor, subject),
    goldsOf(db, subject),
    getSettings(),
    getQuizGolds(
      db,
      quiz.questions.map(({ goldId }) => goldId),
    ),
  ]);
  const standing = quizStanding({
    held,
    golds: askable.length,
    tries,
    numbers,
    nowMs: clock.nowMs(),
    notBefore: subject.pause?.returnsAt ?? null,
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
        // Unanswered questions are not revealed, or running out of time would be a way to see the
        // answers.
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
