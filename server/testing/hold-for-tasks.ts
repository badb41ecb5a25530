/** Holds without the tasks that they are for, by the statement that a create makes them with. */
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

/** Whose day it counts for: today's, and no key's, unless told. */
type TaskHold = Pick<WantedHold, 'taskId' | 'amountSats'> &
  Partial<Pick<WantedHold, 'createdAt' | 'createdBy'>>;

/** What tasks that no key created, today, count for. */
export const UNKEYED = {
  get createdAt() {
    return clock.now();
  },
  createdBy: 'system',
};

/**
 * Sets aside what a task can cost: organization available → held. A repeated call does nothing.
 * Make it the transaction's last statement, since it locks the organization's balance.
 * @throws InsufficientFunds 402; the transaction must then be rolled back.
 */
export async function holdForTask(
  tx: Tx,
  { mode, organizationId, ...hold }: Holder & TaskHold,
): Promise<void> {
  await holdForTasks(tx, { mode, organizationId, holds: [hold] });
}

/**
 * Holds for several tasks at once, all or none. Holds that exist already are not made again.
 * @throws InsufficientFunds 402, SpendCapReached 403; the transaction must then be rolled back.
 */
export async function holdForTasks(
  tx: Tx,
  input: Holder & { holds: readonly TaskHold[] },
): Promise<void> {
  const holds = input.holds.map((hold) => ({ ...UNKEYED, ...hold, postingId: newId() }));
  if (holds.some((hold) => hold.amountSats <= 0n)) {
    throw new RangeError('A hold is at least one sat.');
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

/** Whether another transaction has made the very same holds while this one waited for the balance. */
async function areHeld(tx: Tx, holds: readonly TaskHold[]): Promise<boolean> {
  const references = [...new Set(holds.map(({ taskId }) => `task:${taskId}`))];
  const made = await tx.posting.count({ where: { kind: 'hold', reference: { in: references } } });
  return made === references.length;
}
