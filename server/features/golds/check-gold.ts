import { withdrawSown } from '@/server/features/tasks';
import { type GoldFault, goldHealth } from '@/server/features/verification';
import { db, transaction } from '@/server/platform/db';
import { kickOutbox } from '@/server/platform/outbox';
import { answersOf, policyOf } from './list-golds';
import { retireGold } from './retire-gold';

/**
 * Looks at a gold's health after an answer to it, and retires it where it is sick. Called by a job; asked
 * again, it does nothing more.
 * @returns what it was retired for; null where it is well, retired, or nobody's.
 */
export async function checkGold(goldId: string): Promise<GoldFault | null> {
  const gold = await db.gold.findUnique({ where: { id: goldId } });
  if (!gold || gold.retiredAt) return null;
  const { organizationId, mode, type } = gold;
  if (!organizationId || !mode) return null;
  const told = (await answersOf([goldId])).get(goldId);
  if (!told) return null;
  const policy = await policyOf({ organizationId, mode, type });
  const { fault, agreementOfBest } = goldHealth(told.answers, told.overturned, policy);
  if (!fault) return null;
  const retired = await transaction(async (tx) => {
    const facts = { answers: told.answers.length, agreementOfBest };
    const waiting = await retireGold(tx, goldId, fault, facts);
    if (waiting) await withdrawSown(tx, waiting);
    return waiting !== null;
  });
  if (retired) kickOutbox();
  return retired ? fault : null;
}
