import { payoutReservation, postAll } from '@/server/features/ledger';
import { clock } from '@/server/platform/clock';
import { db, type Tx, transaction } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { moveOf, type OpenAttempt } from './attempt';
import { chooseRail } from './choose-rail';
import { LOOKUP_DELAY_MS } from './lifecycle';
import type { ConfiguredRail } from './rails/registry';
import { failUnsent, postponeUnsent } from './transition';

/** Maximum number of payouts per payment. */
const CARRIED_MAX = 1_000;

/**
 * Starts a Lightning payment for a due payout, together with all other due payouts of the worker to
 * the same destination. Nothing is sent yet. Without an available rail, the payout waits.
 * @returns null if there is nothing to start.
 */
export async function beginPayment(payoutId: string): Promise<OpenAttempt | null> {
  const lead = await db.payout.findFirst({
    where: { id: payoutId, status: 'pending', nextAttemptAt: { lte: clock.now() } },
  });
  if (!lead) return null;
  const chosen = await chooseRail(lead);
  if (chosen.found === 'rail') return transaction((tx) => begin(tx, lead, chosen.rail));
  const { reason } = chosen;
  if (chosen.found === 'never') await failUnsent(lead, reason);
  else await postponeUnsent(lead, { reason, delayMs: chosen.delayMs });
  return null;
}

type Lead = Pick<OpenAttempt, 'id' | 'mode' | 'workerId' | 'rail' | 'destination'>;

async function begin(tx: Tx, lead: Lead, configured: ConfiguredRail): Promise<OpenAttempt | null> {
  const now = clock.now();
  const due = await lockDue(tx, lead, now);
  // Another caller was faster.
  if (!due.some(({ id }) => id === lead.id)) return null;
  const amountSats = due.reduce((sum, payout) => sum + payout.amountSats, 0n);
  const attempt = await tx.payoutAttempt.create({
    data: {
      id: newId(),
      ...{ mode: lead.mode, workerId: lead.workerId, destination: lead.destination, amountSats },
      rail: configured.rail.name,
      feeLimitSats: configured.feeLimitSats(amountSats),
      createdAt: now,
    },
  });
  await tx.attemptPayout.createMany({
    data: due.map(({ id }) => ({ attemptId: attempt.id, payoutId: id })),
  });
  // The first one leads: it is tracked, and the others follow.
  await tx.$executeRaw`
    UPDATE payouts SET status = 'sending', attempt_id = ${attempt.id}::uuid, attempts = attempts + 1,
           next_attempt_at = CASE WHEN id = ${lead.id}::uuid
                                  THEN ${new Date(now.getTime() + LOOKUP_DELAY_MS)}::timestamptz END
     WHERE id = ANY(${due.map(({ id }) => id)}::uuid[])`;
  await postAll(tx, [payoutReservation(moveOf(attempt))]);
  return attempt;
}

/**
 * The due payouts to the same worker and destination, the lead first, up to the destination's
 * maximum.
 */
async function lockDue(
  tx: Tx,
  lead: Lead,
  now: Date,
): Promise<{ id: string; amountSats: bigint }[]> {
  const rows = await tx.$queryRaw<{ id: string; amountSats: bigint }[]>`
    SELECT id::text AS id, amount_sats AS "amountSats" FROM payouts
     WHERE worker_id = ${lead.workerId}::uuid AND mode = ${lead.mode}::mode AND rail = ${lead.rail}
       AND destination IS NOT DISTINCT FROM ${lead.destination}
       AND status = 'pending' AND next_attempt_at <= ${now}
     ORDER BY id LIMIT ${CARRIED_MAX} FOR NO KEY UPDATE`;
  const worker = await tx.worker.findUniqueOrThrow({
    where: { id: lead.workerId },
    select: { payoutDestination: true, payoutMaxSats: true },
  });
  const max = worker.payoutDestination === lead.destination ? worker.payoutMaxSats : null;
  const ordered = [
    ...rows.filter(({ id }) => id === lead.id),
    ...rows.filter(({ id }) => id !== lead.id),
  ];
  let sum = 0n;
  return ordered.filter(({ id, amountSats }) => {
    if (max !== null && id !== lead.id && sum + amountSats > max) return false;
    sum += amountSats;
    return true;
  });
}
