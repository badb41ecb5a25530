import type { Answer } from '@/prisma/generated/client';
import { SYSTEM } from '@/server/platform/actor';
import type { Tx } from '@/server/platform/db';
import { isAgeingDue, isFoundInaccurate } from './gold-age';
import { DOUBTS_LOOKED_AT } from './gold-posterior';
import { NO_GOLDS, scoredSince } from './gold-tally';
import type { TaskContext } from './load-context';
import { auditOfWorker } from './pause-skill';
import { pseudonymOf } from './pseudonym';
import { repeatedBy } from './repeated-by';
import type { Judgement, Verdict } from './stage';

type JudgedTask = Pick<TaskContext, 'row' | 'policy'>;

/** Whether the stages doubt the worker, rather than the answer. */
export function hasDoubts(verdicts: readonly Verdict[]): boolean {
  return isFoundInaccurate(verdicts) || repeatedBy(verdicts).length > 0;
}

/**
 * The consequences of doubts about a worker, in addition to those about the answer, in the
 * verdict's transaction.
 */
export async function reportDoubts(
  tx: Tx,
  task: JudgedTask,
  { answer, judgement }: { answer: Answer; judgement: Judgement },
): Promise<void> {
  if (answer.status !== 'pending') return;
  if (isFoundInaccurate(judgement.verdicts)) await ageGolds(tx, task, answer);
  for (const other of repeatedBy(judgement.verdicts)) await reportPair(tx, task, answer, other);
}

/**
 * Discounts earlier golds if they favour a worker whose latest answers are inaccurate: the worker
 * is then as unknown as after a pause, and golds are as frequent.
 */
async function ageGolds(
  tx: Tx,
  task: JudgedTask,
  { workerId }: Pick<Answer, 'workerId'>,
): Promise<void> {
  const { organizationId, type } = task.row;
  const place = { workerId, organizationId, type };
  const where = { workerId_organizationId_type: place };
  const record = await tx.workerTypeRecord.findUnique({ where });
  const since = scoredSince(record ?? NO_GOLDS);
  if (!record || !isAgeingDue(since, task.policy.gold)) return;
  await tx.workerTypeRecord.update({
    where,
    data: {
      pastCorrect: record.goldCorrect,
      pastScore: record.goldScore,
      pastTotal: record.goldTotal,
    },
  });
  await auditOfWorker(tx, SYSTEM, 'worker.golds_aged', place, { golds: String(since.total) });
}

/** Records two workers with matching answers in the audit log, at most once in ten answers. */
async function reportPair(
  tx: Tx,
  { row: { organizationId, type } }: JudgedTask,
  { id, workerId }: Pick<Answer, 'id' | 'workerId'>,
  other: string,
): Promise<void> {
  const latest = await tx.answer.findMany({
    where: { workerId, organizationId, type, judgedAt: { not: null }, id: { not: id } },
    orderBy: { id: 'desc' },
    take: DOUBTS_LOOKED_AT,
    select: { verdicts: { where: { stage: 'anomaly' }, select: { stage: true, details: true } } },
  });
  const isKnown = latest.some(({ verdicts }) =>
    repeatedBy(verdicts as readonly Pick<Verdict, 'stage' | 'details'>[]).includes(other),
  );
  if (isKnown) return;
  const place = { workerId, organizationId, type };
  const facts = { other: pseudonymOf(organizationId, other) };
  await auditOfWorker(tx, SYSTEM, 'worker.repeats_another', place, facts);
}
