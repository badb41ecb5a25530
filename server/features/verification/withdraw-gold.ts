import type { Answer, Gold } from '@/prisma/generated/client';
import { resolveTaskType } from '@/server/features/task-types';
import { SYSTEM } from '@/server/platform/actor';
import type { Tx } from '@/server/platform/db';
import { addToCalibrators, addToSums, type CalibratorSum } from './add-to-sums';
import { gainsOf } from './consensus/calibrator';
import type { LabelledFacet } from './consensus/labelled-facets';
import { scoredSince } from './gold-tally';
import { labelBallots } from './label-answers';
import { isPauseDue } from './pause-rule';
import { endPause } from './pause-skill';
import { type PolicyOverrides, policyFor } from './policy';
import type { GoldTally } from './stage';

/** Answers that are labelled at a time; each is compared with all others of its batch. */
const BATCH = 25;

type GoldAnswer = Pick<Answer, 'workerId' | 'output'> & {
  schema: object;
  correct: boolean;
  share: number;
};

/**
 * Takes back all that the answers to a gold have told of their workers, since it is likely wrong, or counts
 * it again: the accuracy by type and field, and what calibrators had learnt of it. Pauses that would not have come to be without it are lifted.
 * Answers whose appeal was upheld are left alone: what they tell was set right by that.
 * @returns false where that was done already.
 */
export async function withdrawGold(tx: Tx, gold: Gold, withdrawn: boolean): Promise<boolean> {
  // The gold's row is the lock: an answer judged meanwhile waits, and sees how it is then.
  const { count } = await tx.gold.updateMany({
    where: { id: gold.id, withdrawn: !withdrawn },
    data: { withdrawn },
  });
  const { organizationId, mode, type } = gold;
  if (count === 0 || !organizationId || !mode) return false;
  const sign = withdrawn ? (-1 as const) : 1;
  const answers = await findAnswers(tx, gold.id);
  await tx.$executeRaw`
    UPDATE worker_type_records r
       SET gold_correct = greatest(0, r.gold_correct + said.correct),
           gold_total = greatest(0, r.gold_total + said.total),
           gold_score = greatest(0, r.gold_score + said.score),
           past_correct = least(r.past_correct, greatest(0, r.gold_correct + said.correct)),
           past_total = least(r.past_total, greatest(0, r.gold_total + said.total))
      FROM unnest(${answers.map(({ workerId }) => workerId)}::uuid[],
                  ${answers.map(({ correct }) => (correct ? sign : 0))}::int[],
                  ${answers.map(() => sign)}::int[],
                  ${answers.map(({ share }) => share * sign)}::float8[])
           AS said(worker_id, correct, total, score)
     WHERE r.worker_id = said.worker_id AND r.organization_id = ${organizationId}::uuid
       AND r.type = ${type}`;
  const known = { output: gold.expectedOutput, partial: true };
  const { consensus } = policyFor('low');
  for (const batch of batchesOf(answers)) {
    const schema = batch[0]?.schema ?? {};
    const labelled = await labelBallots(schema, batch, known, { evidence: {}, policy: consensus });
    const cells = labelled.map((facet) => ({ ...facet, calibrates: null }));
    await addToSums(tx, { organizationId, mode, type }, cells, { weight: 1, sign });
  }
  const learnt = await findCalibratorSums(tx, gold.id);
  await addToCalibrators(tx, { organizationId, mode, type }, learnt, sign);
  if (withdrawn) {
    // What it called true is held against no model and no confidence any more.
    await tx.labelledTask.deleteMany({ where: { organizationId, mode, type, goldId: gold.id } });
    const workerIds = answers.map(({ workerId }) => workerId);
    await liftUndue(tx, { organizationId, mode, type }, workerIds);
  }
  return true;
}

async function findAnswers(tx: Tx, goldId: string): Promise<GoldAnswer[]> {
  const rows = await tx.answer.findMany({
    where: {
      task: { goldId },
      status: { not: 'pending' },
      verdicts: { some: { stage: 'gold', verdict: { in: ['pass', 'reject'] } } },
    },
    orderBy: { workerId: 'asc' },
    include: {
      task: { select: { outputSchema: true } },
      verdicts: { where: { stage: 'gold' }, select: { verdict: true, details: true } },
    },
  });
  const upheld = await tx.appeal.findMany({
    where: { answerId: { in: rows.map(({ id }) => id) }, status: 'upheld' },
    select: { answerId: true },
  });
  const settled = new Set(upheld.map(({ answerId }) => answerId));
  return rows
    .filter(({ id }) => !settled.has(id))
    .map(({ workerId, output, task, verdicts }) => ({
      workerId,
      output,
      schema: task.outputSchema as object,
      correct: verdicts[0]?.verdict === 'pass',
      share: shareIn(verdicts[0]?.details),
    }));
}

/** What its answers added to calibrators, as it was counted; those set right by an appeal are not among them. */
async function findCalibratorSums(tx: Tx, goldId: string): Promise<CalibratorSum[]> {
  const rows = await tx.$queryRaw<{ labelled: LabelledFacet[] }[]>`
    SELECT e.labelled FROM counted_evidence e JOIN tasks t ON t.id = e.task_id
     WHERE t.gold_id = ${goldId}::uuid`;
  const sums = new Map<string, CalibratorSum>();
  for (const { key, calibrates } of rows.flatMap(({ labelled }) => labelled)) {
    if (!calibrates) continue;
    const added = gainsOf(calibrates);
    const { gains, labelled } = sums.get(key) ?? { gains: [], labelled: 0 };
    sums.set(key, {
      facet: key,
      gains: [...added].map((gain, i) => gain + (gains[i] ?? 0)),
      labelled: labelled + 1,
    });
  }
  return [...sums.values()];
}

function shareIn(details: unknown): number {
  const { gold } = (details ?? {}) as { gold?: { correct?: boolean; share?: number } };
  return gold?.share ?? (gold?.correct ? 1 : 0);
}

/** Answers of one schema each; a gold may have been asked by several. */
function batchesOf(answers: readonly GoldAnswer[]): GoldAnswer[][] {
  const bySchema = new Map<string, GoldAnswer[]>();
  for (const answer of answers) {
    const key = JSON.stringify(answer.schema);
    bySchema.set(key, [...(bySchema.get(key) ?? []), answer]);
  }
  return [...bySchema.values()].flatMap((same) =>
    Array.from({ length: Math.ceil(same.length / BATCH) }, (_, n) =>
      same.slice(n * BATCH, (n + 1) * BATCH),
    ),
  );
}

/** Locks a gold's row. @returns whether what its answers told of their workers is taken back. */
export async function isWithdrawn(tx: Tx, goldId: string): Promise<boolean> {
  const [gold] = await tx.$queryRaw<{ withdrawn: boolean }[]>`
    SELECT withdrawn FROM golds WHERE id = ${goldId}::uuid FOR UPDATE`;
  return gold?.withdrawn ?? false;
}

/** Lifts the pauses of these workers that their golds do not call for any more. */
export async function liftUndue(
  tx: Tx,
  owner: { organizationId: string; mode: 'live' | 'test'; type: string },
  workerIds: readonly string[],
): Promise<void> {
  const { organizationId, type } = owner;
  const pauses = await tx.skillPause.findMany({
    where: {
      ...{ organizationId, type, workerId: { in: [...workerIds] } },
      ...{ liftedAt: null, setBy: 'system' },
    },
  });
  if (pauses.length === 0) return;
  const saved = await resolveTaskType(owner);
  const { gold } = policyFor(saved?.riskTier ?? 'medium', (saved?.policy ?? {}) as PolicyOverrides);
  const [pool] = await tx.$queryRaw<GoldTally[]>`
    SELECT coalesce(sum(gold_correct), 0)::int AS correct, coalesce(sum(gold_total), 0)::int AS total
      FROM worker_type_records
     WHERE organization_id = ${organizationId}::uuid AND type = ${type}`;
  for (const pause of pauses) {
    const { workerId } = pause;
    const record = await tx.workerTypeRecord.findUniqueOrThrow({
      where: { workerId_organizationId_type: { workerId, organizationId, type } },
    });
    const since = scoredSince(record);
    if (isPauseDue(since, pool ?? { correct: 0, total: 0 }, gold)) continue;
    await endPause(tx, SYSTEM, pause, { reason: 'gold_withdrawn' });
  }
}
