import type { Mode } from '@/server/platform/actor';
import type { Tx } from '@/server/platform/db';
import { taskReference } from './hold-for-tasks';
import { type Move, post } from './post-entries';
import type { Spending } from './spend-counters';

interface Held extends Spending {
  mode: Mode;
  organizationId: string;
  taskId: string;
  /** The amount held for the task; closing the hold empties it. */
  heldSats: bigint;
  /** Whether it is a gold, which the statement shows; see `holdSteps`. */
  isGold?: boolean;
}

/**
 * Charges a task's hold: held → each worker's payable and the platform's fee; the rest returns to
 * available.
 * @returns false if the task was already charged.
 * @throws Error if the charge exceeds the hold, or the hold was released.
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
    throw new Error(
      `Task ${taskId} cannot be charged ${spent} sats: its hold is only ${heldSats}.`,
    );
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
 * Releases a task's hold: held → available.
 * @returns false if it was already released, or nothing was held.
 * @throws Error if the task was charged.
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
