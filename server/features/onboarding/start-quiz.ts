import { randomInt } from 'node:crypto';
import { getSettings } from '@/server/features/settings';
import type { QuizGold } from '@/server/features/task-types';
import { QUESTIONS_MIN } from '@/server/features/task-types/schema';
import type { WorkerActor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { type Tx, transaction } from '@/server/platform/db';
import { Forbidden, NotFound } from '@/server/platform/errors';
import { newId } from '@/server/platform/ids';
import { kickOutbox } from '@/server/platform/outbox';
import { NoQuiz, QuizNotAllowed } from './errors';
import { viewQuiz } from './quiz-queries';
import { type QuizStanding, quizStanding } from './quiz-state';
import { goldsOf, type QuizSubject, subjectOfPause } from './quiz-subject';
import type { OfPause, OfSkill, QuizView } from './schema';
import { finishIfOver, lockQuiz } from './transition';

const MINUTE_MS = 60_000;

/**
 * Starts an attempt at a skill's quiz, or resumes the current one. Idempotent across tabs: one
 * attempt, the same questions, and a deadline that counts from the first start.
 * @throws NotFound, NoQuiz 404, QuizNotAllowed 409 with `retry_at` if there is a waiting period,
 * Forbidden
 */
export function startQuiz(actor: WorkerActor, { skill }: OfSkill): Promise<QuizView> {
  return start(actor, { skill, mode: actor.mode, pause: null });
}

/**
 * The same for the quiz that ends a pause, once the pause allows it.
 * @throws as `startQuiz`
 */
export async function startReturnQuiz(actor: WorkerActor, { pauseId }: OfPause): Promise<QuizView> {
  return start(actor, await subjectOfPause(actor, pauseId));
}

async function start(actor: WorkerActor, subject: QuizSubject): Promise<QuizView> {
  const { skill, pause } = subject;
  const quizId = await transaction(async (tx) => {
    // Serializes concurrent starts, which would otherwise both find no current attempt.
    await tx.$executeRaw`
      SELECT pg_advisory_xact_lock(hashtextextended(${`quiz:${actor.workerId}:${skill}`}, 0))`;
    const worker = await tx.worker.findFirst({
      where: { id: actor.workerId, mode: actor.mode },
      include: { skills: { where: { skill } } },
    });
    if (!worker) throw new NotFound('worker');
    if (worker.vetting === 'rejected') {
      throw new Forbidden('vetting_rejected', 'Your application was not approved.');
    }
    const of = { workerId: actor.workerId, skill, pauseId: pause?.id ?? null };
    const tries = await closeLateTries(tx, of);
    const open = tries.find(({ status }) => status === 'open');
    if (open) return open.id;
    const [golds, { quiz: numbers }, latest] = await Promise.all([
      goldsOf(tx, subject),
      getSettings(tx),
      tx.quiz.findFirst({ where: { workerId: of.workerId, skill }, orderBy: { number: 'desc' } }),
    ]);
    const nowMs = clock.nowMs();
    const held = pause ? await findLifted(tx, pause.id) : worker.skills[0];
    const notBefore = pause?.returnsAt ?? null;
    assertAllowed(
      skill,
      quizStanding({ held, golds: golds.length, tries, numbers, nowMs, notBefore }),
    );
    const chosen = choose(golds, await timesAsked(tx, actor.workerId, skill), numbers.questions);
    const id = newId();
    await tx.quiz.create({
      data: {
        id,
        ...of,
        number: (latest?.number ?? 0) + 1,
        passMark: numbers.passMark,
        startedAt: clock.now(),
        expiresAt: new Date(nowMs + numbers.minutes * MINUTE_MS),
        questions: {
          create: chosen.map((gold, index) => ({
            id: newId(),
            position: index + 1,
            goldId: gold.id,
          })),
        },
      },
    });
    return id;
  });
  kickOutbox();
  return viewQuiz(actor, quizId);
}

/** An ended pause needs no quiz. */
async function findLifted(tx: Tx, id: string): Promise<{ paused: boolean } | undefined> {
  const { liftedAt } = await tx.skillPause.findUniqueOrThrow({ where: { id } });
  return liftedAt ? { paused: false } : undefined;
}

/** The worker's attempts at a quiz; first ends one past its deadline. */
async function closeLateTries(
  tx: Tx,
  of: { workerId: string; skill: string; pauseId: string | null },
) {
  const open = await tx.quiz.findMany({ where: { ...of, status: 'open' } });
  for (const { id } of open) {
    const quiz = await lockQuiz(tx, { id });
    if (quiz) await finishIfOver(tx, quiz);
  }
  return tx.quiz.findMany({ where: of, orderBy: { number: 'asc' } });
}

function assertAllowed(skill: string, { state, retryAt }: QuizStanding): void {
  if (state === 'free') throw new NoQuiz(skill);
  if (state === 'held') {
    throw new QuizNotAllowed('skill_held', 'You already have this skill.');
  }
  if (state === 'paused') {
    throw new QuizNotAllowed(
      'skill_held',
      'You have this skill, but it is suspended. An operator can restore it.',
    );
  }
  if (state === 'closed') {
    throw new QuizNotAllowed(
      'quiz_closed',
      'You have no attempts left for this quiz. An operator can allow more.',
    );
  }
  if (state === 'cooling' && retryAt) {
    throw new QuizNotAllowed(
      'quiz_cooling',
      `The next attempt is allowed from ${retryAt.toISOString().slice(0, 16).replace('T', ' ')} UTC.`,
      retryAt,
    );
  }
}

/** How often each gold was asked of this worker. */
async function timesAsked(tx: Tx, workerId: string, skill: string): Promise<Map<string, number>> {
  const rows = await tx.quizQuestion.groupBy({
    by: ['goldId'],
    where: { quiz: { workerId, skill } },
    _count: true,
  });
  return new Map(rows.map(({ goldId, _count }) => [goldId, _count]));
}

/** The golds asked least often, chosen and ordered at random among equals. */
function choose(
  golds: readonly QuizGold[],
  asked: Map<string, number>,
  questions: number,
): QuizGold[] {
  const wanted = Math.max(QUESTIONS_MIN, Math.min(questions, golds.length));
  const timesOf = ({ id }: QuizGold) => asked.get(id) ?? 0;
  const least = shuffled(golds).sort((a, b) => timesOf(a) - timesOf(b));
  return shuffled(least.slice(0, wanted));
}

function shuffled<T>(items: readonly T[]): T[] {
  const mixed = [...items];
  for (let last = mixed.length - 1; last > 0; last--) {
    const other = randomInt(last + 1);
    [mixed[last], mixed[other]] = [mixed[other] as T, mixed[last] as T];
  }
  return mixed;
}
