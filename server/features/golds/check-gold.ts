import { withdrawSown } from '@/server/features/tasks';
import { type GoldFault, goldHealth } from '@/server/features/verification';
import { db, transaction } from '@/server/platform/db';
import { kickOutbox } from '@/server/platform/outbox';
import { answersOf, policyOf } from './list-golds';
import { retireGold } from './retire-gold';

/**
 * Checks a gold's health after an answer and retires it if it is faulty. Idempotent; called by a
 * job.
 * @returns the fault it was retired for; null if it is healthy, already retired, or built-in.
 */
export async function checkGold(goldId: string): Promise<GoldFault | null> {
  const gold = await db.gold.findUnique({ where: { id: goldId } });
  if (!gold || gold.retiredAt) return null;
  const { organizationId, mode, type } = gold;
  if (!organizationId || !mode) return null;
  const told = (await answersOf([goldId])).get(goldId);
  if (!told) return null;
  const policy = await policyOf({ organizationId, mode, type });
  const { fault, state, agreementOfBest } = goldHealth(told.answers, told.overturned, policy);
  if (!fault) {
    // Stored on the gold, so that lists of doubtful golds need not compute it.
    const doubtful = state === 'watch';
    if (doubtful !== gold.doubtful)
      await db.gold.update({ where: { id: goldId }, data: { doubtful } });
    return null;
  }
  const retired = await transaction(async (tx) => {
    const facts = { answers: told.answers.length, agreementOfBest };
    const waiting = await retireGold(tx, goldId, fault, facts);
    if (waiting) await withdrawSown(tx, waiting);
    return waiting !== null;
  });
  if (retired) kickOutbox();
  return retired ? fault : null;
}

/** How many golds are re-checked after an answer to another. */
const DOUBTFUL_MAX = 10;

/** Golds of the same type that were answered wrongly, most wrong answers first. */
export async function findDoubtful(goldId: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT other.id
      FROM golds g JOIN golds other ON other.organization_id = g.organization_id
       AND other.mode = g.mode AND other.type = g.type AND other.id <> g.id
     WHERE g.id = ${goldId}::uuid AND other.retired_at IS NULL AND other.served > other.correct
     ORDER BY other.served - other.correct DESC, other.id
     LIMIT ${DOUBTFUL_MAX}`;
  return rows.map(({ id }) => id);
}
