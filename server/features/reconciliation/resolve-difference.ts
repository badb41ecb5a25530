import { audit } from '@/server/features/organizations';
import { type Actor, actorLabel } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { type Tx, transaction } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { assertOperator } from './access';
import { DifferenceChanged } from './errors';
import { getReconciliation } from './queries';
import { type ReconciliationView, ResolveDifference } from './schema';

/**
 * Lets an operator resolve a difference with a reason. A balance's drift then counts as explained,
 * such as sats moved at the node; the ledger is not changed.
 * @throws Forbidden unless the actor is an operator; NotFound; DifferenceChanged 409.
 */
export async function resolveDifference(
  actor: Actor,
  input: ResolveDifference,
): Promise<ReconciliationView> {
  assertOperator(actor);
  const { id, lastSeenAt, reason } = ResolveDifference.parse(input);
  await transaction(async (tx) => {
    const known = await tx.railDifference.findUnique({ where: { id } });
    if (!known) throw new NotFound('difference', id);
    const { count } = await tx.railDifference.updateMany({
      where: { id, resolvedAt: null, lastSeenAt },
      data: { resolvedAt: clock.now(), resolvedBy: actorLabel(actor), reason },
    });
    if (count === 0) throw new DifferenceChanged();
    const { rail, kind, subject, sats } = known;
    if (kind === 'balance') await explain(tx, rail, sats ?? 0n);
    const about = { subject, kind, reason, ...(sats === null ? {} : { sats: String(sats) }) };
    await audit(tx, actor, 'rail.difference_resolved', `rail:${rail}`, about);
  });
  return getReconciliation(actor);
}

async function explain(tx: Tx, rail: string, driftSats: bigint): Promise<void> {
  await tx.$executeRaw`
    UPDATE rail_reconciles
       SET base_sats = base_sats + ${driftSats}, drift_sats = drift_sats - ${driftSats},
           drift_since = NULL
     WHERE rail = ${rail}`;
}
