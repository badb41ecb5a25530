/** Holds without the tasks that they are for, by the statement that a create makes them with. */
import { holdSteps, insufficientFunds } from '@/server/features/ledger';
import type { Mode } from '@/server/platform/actor';
import { Prisma, type Tx } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';

interface Holder {
  mode: Mode;
  organizationId: string;
}

interface TaskHold {
  taskId: string;
  amountSats: bigint;
}

/**
 * Sets aside what a task can cost: organization available → held. A repeated call does nothing.
 * Make it the transaction's last statement, since it locks the organization's balance.
 * @throws InsufficientFunds 402; the transaction must then be rolled back.
 */
export async function holdForTask(tx: Tx, { taskId, amountSats, ...by }: Holder & TaskHold) {
  await holdForTasks(tx, { ...by, holds: [{ taskId, amountSats }] });
}

/**
 * Holds for several tasks at once, all or none. Holds that exist already are not made again.
 * @throws InsufficientFunds 402; the transaction must then be rolled back.
 */
export async function holdForTasks(
  tx: Tx,
  input: Holder & { holds: readonly TaskHold[] },
): Promise<void> {
  const { holds } = input;
  if (holds.some((hold) => hold.amountSats <= 0n)) {
    throw new RangeError('A hold is at least one sat.');
  }
  const wanted = Prisma.raw('wanted');
  const { funds, hold } = holdSteps(input, { wanted, made: wanted });
  const [row] = await tx.$queryRaw<{ funded: boolean }[]>`
    WITH wanted AS (
      SELECT * FROM unnest(
        ${holds.map(() => newId())}::uuid[], ${holds.map(({ taskId }) => taskId)}::uuid[],
        ${holds.map(({ amountSats }) => amountSats.toString())}::bigint[]
      ) AS w(posting_id, task_id, amount)
       WHERE NOT EXISTS (SELECT FROM postings WHERE kind = 'hold' AND reference = 'task:' || task_id)
    ), ${funds}, ${hold}
    SELECT EXISTS (SELECT FROM funds) AS funded`;
  if (row?.funded || (await areHeld(tx, holds))) return;
  throw await insufficientFunds(tx, input);
}

/** Whether another transaction has made the very same holds while this one waited for the balance. */
async function areHeld(tx: Tx, holds: readonly TaskHold[]): Promise<boolean> {
  const references = [...new Set(holds.map(({ taskId }) => `task:${taskId}`))];
  const made = await tx.posting.count({ where: { kind: 'hold', reference: { in: references } } });
  return made === references.length;
}
