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

/** Batch size of labelled answers; each is compared with all others of its batch. */
const BATCH = 25;

type GoldAnswer = Pick<Answer, 'workerId' | 'output'> & {
  schema: object;
  correct: boolean;
  share: number;
};

/**
 * Withdraws the evidence of a gold that is likely wrong, or counts it again: its workers' accuracy
 * by type and field, and the calibrators' contributions. Lifts pauses that would not have occurred
 * without it. Excludes answers with an upheld appeal, which already corrected their evidence.
 * @returns false if already done.
 */
export async function withdrawGold(tx: Tx, gold: Gold, withdrawn: boolean): Promise<boolean> {
  // The gold's row is the lock: an answer judged concurrently waits, and sees the new state.
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
    // Its labels are no longer used to evaluate models and confidences.
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

/** Its answers' contributions to calibrators, as counted; excludes those corrected by an appeal. */
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

/** Answers grouped by schema; a gold may have been used with several. */
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

/** Locks a gold's row. @returns whether its evidence has been withdrawn. */
export async function isWithdrawn(tx: Tx, goldId: string): Promise<boolean> {
  const [gold] = await tx.$queryRaw<{ withdrawn: boolean }[]>`
    SELECT withdrawn FROM golds WHERE id = ${goldId}::uuid FOR UPDATE`;
  return gold?.withdrawn ?? false;
}

/** Lifts these workers' pauses that their golds no longer justify. */
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
