import type { Answer } from '@/prisma/generated/client';
import { tellPages } from '@/server/features/workers';
import { SYSTEM } from '@/server/platform/actor';
import type { Tx } from '@/server/platform/db';
import { type GoldRecord, scoredSince } from './gold-tally';
import type { TaskContext } from './load-context';
import { isPauseDue } from './pause-rule';
import { auditOfWorker, pauseByGolds } from './pause-skill';
import type { PolicyTier } from './policy';
import { tierByRule } from './tier-rule';

interface Row extends GoldRecord {
  tier: PolicyTier | null;
  workerTier: PolicyTier;
  tierAuto: boolean;
  reliability: number;
  paused: boolean;
}

/**
 * Re-evaluates a worker's standing with an organization's type after their golds changed: pauses
 * the type if golds require it, and changes the tier if it is set by a rule. In the verdict's
 * transaction.
 */
export async function updateStanding(
  tx: Tx,
  task: TaskContext,
  answer: Pick<Answer, 'workerId'>,
): Promise<void> {
  const { workerId } = answer;
  const { organizationId, type, mode } = task.row;
  // The record's row is the lock: of two verdicts on golds, the second sees the first.
  const [row] = await tx.$queryRaw<Row[]>`
    SELECT r.gold_correct AS "goldCorrect", r.gold_total AS "goldTotal",
           r.past_correct AS "pastCorrect", r.past_total AS "pastTotal",
           r.gold_score AS "goldScore", r.past_score AS "pastScore", r.tier,
           w.tier AS "workerTier", w.tier_auto AS "tierAuto", r.reliability,
           EXISTS (SELECT FROM skill_pauses p
                    WHERE p.worker_id = r.worker_id AND p.organization_id = r.organization_id
                      AND p.type = r.type AND p.lifted_at IS NULL) AS paused
      FROM worker_type_records r JOIN workers w ON w.id = r.worker_id
     WHERE r.worker_id = ${workerId}::uuid AND r.organization_id = ${organizationId}::uuid
       AND r.type = ${type}
       FOR UPDATE OF r`;
  if (!row) return;
  const pool = task.crowd.poolGold;
  const isDue = !row.paused && isPauseDue(scoredSince(row), pool, task.policy.gold);
  if (isDue) await pauseByGolds(tx, task, answer, row);
  if (!row.tierAuto) return;
  const before = row.tier ?? row.workerTier;
  const tier = tierByRule({
    tier: before,
    record: row,
    pool,
    reliability: row.reliability,
    paused: row.paused || isDue,
    overrides: task.overrides,
  });
  if (tier === before) return;
  const place = { workerId, organizationId, type };
  await tx.workerTypeRecord.update({
    where: { workerId_organizationId_type: place },
    data: { tier },
  });
  await auditOfWorker(tx, SYSTEM, 'worker.tier_by_rule', place, { from: before, to: tier });
  await tellPages(tx, [{ id: workerId, mode }]);
}
