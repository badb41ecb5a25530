import type { Answer, SkillPause, SkillReturn } from '@/prisma/generated/client';
import { enqueueEmail } from '@/server/features/emails';
import { audit } from '@/server/features/organizations';
import { countQuizGolds, findOwnQuizGolds } from '@/server/features/task-types';
import { QUESTIONS_MIN } from '@/server/features/task-types/schema';
import { announceOnline, tellPages } from '@/server/features/workers';
import { type Actor, actorLabel, SYSTEM } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import type { Tx } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { enqueue } from '@/server/platform/outbox';
import { type GoldRecord, scoredSince, talliedSince } from './gold-tally';
import type { TaskContext } from './load-context';
import { accuracyAtMost } from './pause-rule';
import { PAUSE_HOURS_MAX } from './policy';
import { pseudonymOf } from './pseudonym';
import type { GoldTally } from './stage';

const HOUR_MS = 3_600_000;

/** The type to pause, and the worker. */
export interface PausedType {
  workerId: string;
  organizationId: string;
  type: string;
}

/**
 * Pauses a type for a worker because of golds, in the verdict's transaction. Current tasks are
 * kept; the worker is notified by e-mail and on the pages, the organization by its audit log.
 */
export async function pauseByGolds(
  tx: Tx,
  task: Pick<TaskContext, 'row' | 'policy' | 'scope'>,
  { workerId }: Pick<Answer, 'workerId'>,
  record: GoldRecord,
): Promise<void> {
  const { organizationId, type } = task.row;
  const since = talliedSince(record);
  const former = await tx.skillPause.count({
    where: { workerId, organizationId, type, setBy: actorLabel(SYSTEM) },
  });
  const { pauseCooldownHours, pauseAlpha } = task.policy.gold;
  const hours = Math.min(PAUSE_HOURS_MAX, pauseCooldownHours * 2 ** former);
  const scored = scoredSince(record);
  const most = Math.ceil(accuracyAtMost(scored, pauseAlpha) * 100);
  const sureness = Math.floor((1 - pauseAlpha) * 1_000) / 10;
  await insertPause(tx, SYSTEM, {
    ...{ workerId, organizationId, type },
    reason: `Of the last ${since.total} tasks of this kind with a known answer, ${since.correct} of your answers were right in every field: field by field an accuracy of at most ${most} %, with a confidence of ${sureness} %.`,
    golds: since,
    returnsBy: await wayBack(tx, task),
    returnsAt: new Date(clock.nowMs() + hours * HOUR_MS),
  });
}

/** A quiz if enough golds are reserved for one; the built-in one only for its own subject. */
async function wayBack(
  tx: Tx,
  { row, scope }: Pick<TaskContext, 'row' | 'scope'>,
): Promise<SkillReturn> {
  if ((await findOwnQuizGolds(tx, row)).length >= QUESTIONS_MIN) return 'own_quiz';
  const shipped = scope.sharesSkills ? await countQuizGolds() : new Map<string, number>();
  return (shipped.get(row.type) ?? 0) >= QUESTIONS_MIN ? 'shipped_quiz' : 'probation';
}

interface NewPause extends PausedType {
  reason: string;
  golds: GoldTally;
  returnsBy: SkillReturn;
  returnsAt: Date | null;
}

/** @returns the pause, or null if the type is already paused for the worker. */
export async function insertPause(
  tx: Tx,
  actor: Actor,
  { workerId, organizationId, type, golds, ...rest }: NewPause,
): Promise<SkillPause | null> {
  const [pause] = await tx.skillPause.createManyAndReturn({
    data: [
      {
        ...{ id: newId(), workerId, organizationId, type, ...rest },
        setBy: actorLabel(actor),
        goldCorrect: golds.correct,
        goldTotal: golds.total,
        pausedAt: clock.now(),
      },
    ],
    skipDuplicates: true,
  });
  if (!pause) return null;
  const facts = { type, reason: rest.reason };
  await auditOfWorker(tx, actor, 'worker.type_paused', pause, facts);
  await tellWorker(tx, pause);
  await enqueue(tx, [
    {
      topic: 'skill.paused',
      key: `skill.paused:${pause.id}`,
      data: { pauseId: pause.id, workerId, organizationId, type },
    },
  ]);
  return pause;
}

/** Customers see workers of the public pool only by pseudonym; operators by id. */
export async function auditOfWorker(
  tx: Tx,
  actor: Actor,
  action: string,
  { organizationId, workerId, type }: PausedType,
  data: Record<string, string>,
): Promise<void> {
  const own = await tx.worker.count({
    where: {
      id: workerId,
      OR: [{ poolOrganizationId: organizationId }, { guestOf: { some: { organizationId } } }],
    },
  });
  const subject = own > 0 ? `worker:${workerId}` : pseudonymOf(organizationId, workerId);
  await audit(tx, actor, action, subject, { ...data, type }, organizationId);
}

async function tellWorker(tx: Tx, { workerId, type, reason }: SkillPause): Promise<void> {
  const worker = await tx.worker.findUniqueOrThrow({
    where: { id: workerId },
    select: { id: true, mode: true, displayName: true, user: { select: { email: true } } },
  });
  await tellPages(tx, [worker]);
  if (!worker.user) return;
  await enqueueEmail(tx, {
    to: worker.user.email,
    template: 'type-paused',
    data: { name: worker.displayName, type, reason, path: '/work/standing' },
  });
}

export interface Lifting {
  /** The reason, in words or as `quiz`, `probation`, `gold_withdrawn`. */
  reason: string;
  /** The part of the record that counts as new from now on; if absent, all golds keep their weight. */
  since?: GoldTally;
}

/**
 * Lifts a pause, and has routing check for waiting tasks. Earlier golds count less from then on,
 * and not at all in the decision on the next pause.
 * @returns whether this call lifted it.
 */
export async function endPause(
  tx: Tx,
  actor: Actor,
  pause: SkillPause,
  { reason, since }: Lifting,
): Promise<boolean> {
  const { count } = await tx.skillPause.updateMany({
    where: { id: pause.id, liftedAt: null },
    data: { liftedAt: clock.now(), liftedBy: actorLabel(actor), liftedFor: reason },
  });
  if (count === 0) return false;
  const { workerId, organizationId, type } = pause;
  if (since) {
    await tx.$executeRaw`
      UPDATE worker_type_records
         SET past_correct = greatest(0, gold_correct - ${since.correct}::int),
             past_score = greatest(0, gold_score - ${since.correct}::float8),
             past_total = greatest(0, gold_total - ${since.total}::int)
       WHERE worker_id = ${workerId}::uuid AND organization_id = ${organizationId}::uuid
         AND type = ${type}`;
  }
  await auditOfWorker(tx, actor, 'worker.type_resumed', pause, { reason });
  const worker = await tx.worker.findUniqueOrThrow({ where: { id: workerId } });
  await tellPages(tx, [worker]);
  if (worker.online) await announceOnline(tx, [worker]);
  return true;
}
