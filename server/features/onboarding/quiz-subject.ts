import type { Quiz, SkillPause } from '@/prisma/generated/client';
import {
  findOwnQuizGolds,
  findOwnQuizType,
  findQuizGolds,
  findQuizType,
  type QuizGold,
  type QuizType,
} from '@/server/features/task-types';
import type { Mode, WorkerActor } from '@/server/platform/actor';
import { db, type Tx } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { validateOutput } from '@/server/platform/json-schema';

/**
 * What a quiz is for: a skill, or the return to a paused type. The latter uses the organization's
 * own golds if there are enough, else the built-in ones of the type.
 */
export interface QuizSubject {
  skill: string;
  mode: Mode;
  pause: SkillPause | null;
}

/** What an attempt was for. */
export async function subjectOf(
  { skill, pauseId }: Pick<Quiz, 'skill' | 'pauseId'>,
  mode: Mode,
): Promise<QuizSubject> {
  const pause = pauseId ? await db.skillPause.findUniqueOrThrow({ where: { id: pauseId } }) : null;
  return { skill, mode, pause };
}

/**
 * The quiz subject of the worker's pause.
 * @throws NotFound if the pause is not this worker's, or no quiz ends it.
 */
export async function subjectOfPause(
  { workerId, mode }: WorkerActor,
  pauseId: string,
): Promise<QuizSubject & { pause: SkillPause }> {
  const pause = await db.skillPause.findFirst({
    where: { id: pauseId, workerId, returnsBy: { in: ['own_quiz', 'shipped_quiz'] } },
  });
  if (!pause) throw new NotFound('pause', pauseId);
  return { skill: pause.type, mode, pause };
}

/** The owner of the golds to ask; null for built-in ones. */
export function ownerOf({ pause, mode, skill }: QuizSubject) {
  return pause?.returnsBy === 'own_quiz'
    ? { organizationId: pause.organizationId, mode, type: skill }
    : null;
}

/**
 * The type in question.
 * @throws NotFound if it no longer exists.
 */
export async function typeOf(subject: QuizSubject): Promise<QuizType> {
  const owner = ownerOf(subject);
  const type = owner ? await findOwnQuizType(owner) : await findQuizType(subject.skill);
  if (!type) throw new NotFound('quiz', subject.skill);
  return type;
}

/** The golds it can ask; of an organization's own, those whose answers still fit the form. */
export async function goldsOf(reader: Tx, subject: QuizSubject): Promise<QuizGold[]> {
  const owner = ownerOf(subject);
  if (!owner) return findQuizGolds(reader, subject.skill);
  const { outputSchema } = await typeOf(subject);
  const fitting: QuizGold[] = [];
  for (const gold of await findOwnQuizGolds(reader, owner)) {
    if ((await validateOutput(outputSchema, gold.expected)).ok) fitting.push(gold);
  }
  return fitting;
}
