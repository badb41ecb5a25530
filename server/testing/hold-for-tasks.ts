/** Creates holds without tasks, with the statement that a create uses. */
import {
  type HoldOutcome,
  holdSteps,
  holdsRelation,
  insufficientFunds,
  openCounters,
  type WantedHold,
} from '@/server/features/ledger';
import { SpendCapReached } from '@/server/features/tasks/errors';
import type { Mode } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { Prisma, type Tx } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';

interface Holder {
  mode: Mode;
  organizationId: string;
}

/** The day and spender it counts for; by default today, and no key. */
type TaskHold = Pick<WantedHold, 'taskId' | 'amountSats'> &
  Partial<Pick<WantedHold, 'createdAt' | 'createdBy'>>;

/** Defaults for tasks created today without a key. */
export const UNKEYED = {
  get createdAt() {
    return clock.now();
  },
  createdBy: 'system',
};

/**
 * Reserves a task's maximum cost: organization available → held. Idempotent. Make it the
 * transaction's last statement, because it locks the organization's balance.
 * @throws InsufficientFunds 402; the transaction must then be rolled back.
 */
export async function holdForTask(
  tx: Tx,
  { mode, organizationId, ...hold }: Holder & TaskHold,
): Promise<void> {
  await holdForTasks(tx, { mode, organizationId, holds: [hold] });
}

/**
 * Reserves for several tasks at once, all or none. Idempotent.
 * @throws InsufficientFunds 402, SpendCapReached 403; the transaction must then be rolled back.
 */
export async function holdForTasks(
  tx: Tx,
  input: Holder & { holds: readonly TaskHold[] },
): Promise<void> {
  const holds = input.holds.map((hold) => ({ ...UNKEYED, ...hold, postingId: newId() }));
  if (holds.some((hold) => hold.amountSats <= 0n)) {
    throw new RangeError('A hold must be at least one sat.');
  }
  const wanted = Prisma.raw('wanted');
  const { grant, hold, outcome } = holdSteps(input, { wanted, made: wanted });
  const statement = Prisma.sql`
    WITH wanted AS (
      SELECT * FROM ${holdsRelation(holds)}
       WHERE NOT EXISTS (SELECT FROM postings WHERE kind = 'hold' AND reference = 'task:' || task_id)
    ), ${grant}, ${hold}
    SELECT ${outcome}`;
  let [row] = await tx.$queryRaw<HoldOutcome[]>(statement);
  if (row && !row.countersOpen) {
    await tx.$executeRaw(openCounters(input, holds));
    [row] = await tx.$queryRaw<HoldOutcome[]>(statement);
  }
  const [cap] = row?.capsReached ?? [];
  if (cap) throw new SpendCapReached(cap);
  if (row?.funded || (await areHeld(tx, holds))) return;
  throw await insufficientFunds(tx, input);
}

/** Whether another transaction made the same holds while this one waited for the balance's lock. */
async function areHeld(tx: Tx, holds: readonly TaskHold[]): Promise<boolean> {
  const references = [...new Set(holds.map(({ taskId }) => `task:${taskId}`))];
  const made = await tx.posting.count({ where: { kind: 'hold', reference: { in: references } } });
  return made === references.length;
}
