import { countQuizGolds, findPractice, findQuizType } from '@/server/features/task-types';
import { QUESTIONS_MIN } from '@/server/features/task-types/schema';
import { assertAnswerFits } from '@/server/features/tasks';
import { matchesKnownAnswer } from '@/server/features/verification';
import { announceOnline, assertSkillsKnown, grantSkills } from '@/server/features/workers';
import type { WorkerActor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { db, type Tx, transaction } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { kickOutbox } from '@/server/platform/outbox';
import { askedType } from './quiz-queries';
import type { ChooseSkills, PracticeResult, PracticeView, Practise, SaveAbout } from './schema';

type Step = 'payoutChosenAt' | 'practisedAt' | 'finishedAt';

/**
 * Saves the skills the worker wants. Those without a quiz are granted at once; the others require
 * their quiz. Held skills are kept.
 * @throws UnknownSkill 422, NotFound
 */
export async function chooseSkills(actor: WorkerActor, { skills }: ChooseSkills): Promise<void> {
  await assertSkillsKnown(skills);
  const wanted = [...new Set(skills)];
  const golds = await countQuizGolds();
  await transaction(async (tx) => {
    const worker = await ownWorker(tx, actor);
    await tx.onboarding.upsert({
      where: { workerId: actor.workerId },
      create: { workerId: actor.workerId, skillsWanted: wanted },
      update: { skillsWanted: wanted },
    });
    const free = wanted.filter((skill) => (golds.get(skill) ?? 0) < QUESTIONS_MIN);
    if (free.length === 0 || worker.vetting === 'rejected') return;
    await grantSkills(tx, actor.workerId, free);
    if (worker.online) await announceOnline(tx, [worker]);
  });
  kickOutbox();
}

async function ownWorker(tx: Tx, actor: WorkerActor) {
  const worker = await tx.worker.findFirst({ where: { id: actor.workerId, mode: actor.mode } });
  if (!worker) throw new NotFound('worker');
  return worker;
}

/** Saves the worker's introduction, for the operator who approves workers. */
export async function saveAbout(actor: WorkerActor, { about }: SaveAbout): Promise<void> {
  await transaction(async (tx) => {
    await ownWorker(tx, actor);
    await tx.onboarding.upsert({
      where: { workerId: actor.workerId },
      create: { workerId: actor.workerId, about },
      update: { about },
    });
  });
}

/** The worker skips entering a payout destination for now. */
export function postponePayout(actor: WorkerActor): Promise<void> {
  return mark(actor, 'payoutChosenAt');
}

/** Completes onboarding, including skipped steps. */
export function finishOnboarding(actor: WorkerActor): Promise<void> {
  return mark(actor, 'finishedAt');
}

async function mark(actor: WorkerActor, step: Step): Promise<void> {
  await transaction(async (tx) => {
    await ownWorker(tx, actor);
    const at = { [step]: clock.now() };
    await tx.onboarding.upsert({
      where: { workerId: actor.workerId },
      create: { workerId: actor.workerId, ...at },
      update: at,
    });
  });
}

/**
 * A task to practise with the form.
 * @throws NotFound if the type has none.
 */
export async function getPractice(type: string): Promise<PracticeView> {
  const practice = findPractice(type);
  if (!practice) throw new NotFound('practice task', type);
  return { asked: await askedType(type), payload: practice.payload };
}

/**
 * Checks an answer to the practice task, as often as wanted, and returns the expected answer and
 * its explanation.
 * @throws NotFound, InvalidRequest `answer_invalid`
 */
export async function practise(actor: WorkerActor, input: Practise): Promise<PracticeResult> {
  const practice = findPractice(input.type);
  const type = await findQuizType(input.type);
  if (!practice || !type) throw new NotFound('practice task', input.type);
  await assertAnswerFits(type.outputSchema, input.output);
  await mark(actor, 'practisedAt');
  const { expected, explanation } = practice;
  const correct = await matchesKnownAnswer(type.outputSchema, expected, input.output);
  return { correct, expected, explanation };
}

/** The worker's progress; null before the first step. */
export function findSteps(actor: WorkerActor) {
  return db.onboarding.findUnique({ where: { workerId: actor.workerId } });
}
