import type { Mode } from '@/server/platform/actor';
import type { Tx } from '@/server/platform/db';
import { taskReference } from './hold-for-tasks';
import { type Move, post } from './post-entries';
import type { Spending } from './spend-counters';

interface Held extends Spending {
  mode: Mode;
  organizationId: string;
  taskId: string;
  /** What the task's hold set aside; closing it empties it. */
  heldSats: bigint;
  /** Held for a gold, as the statement says; see `holdSteps`. */
  isGold?: boolean;
}

/**
 * Ends a task's hold by paying for it: held → each worker's payable and the platform's fee; what is
 * left goes back to available.
 * @returns false where the task was charged before: nothing was done.
 * @throws Error where the charge is more than the hold, or the hold was released.
 */
export async function chargeTask(
  tx: Tx,
  input: Held & {
    answers: readonly { workerId: string; amountSats: bigint }[];
    feeSats: bigint;
  },
): Promise<boolean> {
  const { mode, organizationId, taskId, heldSats, isGold, answers, feeSats } = input;
  const { createdAt, createdBy } = input;
  const spent = answers.reduce((total, answer) => total + answer.amountSats, feeSats);
  if (spent > heldSats) {
    throw new Error(`Task ${taskId} would be charged ${spent} sats; its hold is ${heldSats}.`);
  }
  const moves: Move[] = [
    { kind: 'organization_held', owner: organizationId, amountSats: -heldSats },
    { kind: 'organization_available', owner: organizationId, amountSats: heldSats - spent },
    { kind: 'platform_fees', owner: 'platform', amountSats: feeSats },
    ...answers.map(({ workerId, amountSats }) => ({
      kind: 'worker_payable' as const,
      owner: workerId,
      amountSats,
    })),
  ];
  return post(tx, {
    mode,
    kind: 'charge',
    reference: taskReference(taskId, isGold),
    moves,
    spending: { organizationId, createdAt, createdBy, amountSats: spent - heldSats },
  });
}

/**
 * Ends a task's hold without paying: held → available.
 * @returns false where it was released before, or nothing was held: nothing was done.
 * @throws Error where the task was charged.
 */
export async function releaseHold(tx: Tx, input: Held & { reason: string }): Promise<boolean> {
  const { mode, organizationId, taskId, heldSats, isGold, createdAt, createdBy } = input;
  if (heldSats === 0n) return false;
  return post(tx, {
    mode,
    kind: 'release',
    reference: taskReference(taskId, isGold),
    moves: [
      { kind: 'organization_held', owner: organizationId, amountSats: -heldSats },
      { kind: 'organization_available', owner: organizationId, amountSats: heldSats },
    ],
    spending: { organizationId, createdAt, createdBy, amountSats: -heldSats },
  });
}
