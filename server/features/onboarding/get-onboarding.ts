import { getPayoutSettings } from '@/server/features/payouts';
import { getSettings } from '@/server/features/settings';
import { countQuizGolds, listPracticeTypes } from '@/server/features/task-types';
import type { WorkerActor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { quizStanding } from './quiz-state';
import type { OnboardingView, SkillStep } from './schema';
import { findSteps } from './take-steps';

/**
 * A worker's onboarding progress, with the data of its pages.
 * @throws NotFound
 */
export async function getOnboarding(actor: WorkerActor): Promise<OnboardingView> {
  const worker = await db.worker.findFirst({
    where: { id: actor.workerId, mode: actor.mode },
    include: { user: true, skills: true },
  });
  if (!worker) throw new NotFound('worker');
  const [steps, settings, payout, skills, golds, quizzes, pool] = await Promise.all([
    findSteps(actor),
    getSettings(),
    getPayoutSettings(actor),
    db.skill.findMany({ orderBy: { name: 'asc' } }),
    countQuizGolds(),
    db.quiz.findMany({ where: { workerId: actor.workerId, pauseId: null } }),
    worker.poolOrganizationId
      ? db.organization.findUnique({ where: { id: worker.poolOrganizationId } })
      : null,
  ]);
  const nowMs = clock.nowMs();
  const numbers = settings.quiz;
  const wanted = new Set(steps?.skillsWanted);
  const skillSteps = skills.map(({ name, description }): SkillStep => {
    const held = worker.skills.find(({ skill }) => skill === name);
    const count = golds.get(name) ?? 0;
    const standing = quizStanding({
      held,
      golds: count,
      tries: quizzes.filter(({ skill }) => skill === name),
      numbers,
      nowMs,
    });
    return {
      name,
      description,
      wanted: wanted.has(name),
      questions: Math.min(count, numbers.questions),
      minutes: numbers.minutes,
      ...standing,
    };
  });
  const isNear = ({ type }: { type: string }) =>
    wanted.has(type) || worker.skills.some(({ skill }) => skill === type);
  const types = listPracticeTypes();
  return {
    name: worker.displayName,
    email: worker.user?.email ?? '',
    emailConfirmed: worker.user?.emailConfirmedAt != null,
    vetting: worker.vetting,
    vettingReason: worker.vettingReason,
    poolName: pool?.name ?? null,
    about: steps?.about ?? '',
    skills: skillSteps,
    payout: { ...payout, chosen: payout.destination !== null || steps?.payoutChosenAt != null },
    practice: {
      types: [...types.filter(isNear), ...types.filter((each) => !isNear(each))],
      done: steps?.practisedAt != null,
    },
    finished: steps?.finishedAt != null,
  };
}
