import type { Mode } from '@/server/platform/actor';
import type { Tx } from '@/server/platform/db';
import { taskReference } from './hold-for-tasks';
import { type Move, post } from './post-entries';
import type { Spending } from './spend-counters';

interface Pay {
  mode: Mode;
  workerId: string;
  amountSats: bigint;
}

/**
 * Pays a re-vote at the platform's cost, if no organization has a hold for it.
 * @returns false if it was already paid.
 */
export async function payReVote(tx: Tx, { taskId, ...pay }: Pay & { taskId: string }) {
  const reference = taskReference(taskId, true);
  return post(tx, { mode: pay.mode, kind: 're_vote', reference, moves: fromPlatform(pay) });
}

/**
 * Pays an answer that was accepted after its task's hold was closed. A paying organization also
 * pays the fee; if its balance does not cover both, the platform pays everything.
 * @returns who paid, or null if it was already paid.
 */
export async function payBackPay(
  tx: Tx,
  input: Pay & { appealId: string; payer: Payer | null },
): Promise<'organization' | 'platform' | null> {
  const { appealId, payer, ...pay } = input;
  const isCovered = payer !== null && (await covers(tx, pay, payer));
  const posted = await post(tx, {
    mode: pay.mode,
    kind: 'back_pay',
    reference: `appeal:${appealId}`,
    ...(isCovered
      ? {
          moves: fromOrganization(pay, payer),
          spending: { ...payer, amountSats: pay.amountSats + payer.feeSats },
        }
      : { moves: fromPlatform(pay) }),
  });
  if (!posted) return null;
  return isCovered ? 'organization' : 'platform';
}

/** The paying organization, with the task's day for its spending counters. */
interface Payer extends Spending {
  organizationId: string;
  feeSats: bigint;
}

/**
 * Whether the organization is open and its balance covers the amount; locks the balance until the
 * transaction ends.
 */
async function covers(
  tx: Tx,
  { mode, amountSats }: Pay,
  { organizationId, feeSats }: { organizationId: string; feeSats: bigint },
): Promise<boolean> {
  const rows = await tx.$queryRaw<{ balance: bigint }[]>`
    SELECT balance FROM accounts
     WHERE kind = 'organization_available' AND owner = ${organizationId} AND mode = ${mode}::mode
       FOR NO KEY UPDATE`;
  if ((rows[0]?.balance ?? 0n) < amountSats + feeSats) return false;
  // Read after the balance lock, which closing an organization also takes.
  const open = await tx.organization.count({ where: { id: organizationId, deletedAt: null } });
  return open === 1;
}

function fromPlatform({ workerId, amountSats }: Pay): Move[] {
  return [
    { kind: 'platform_fees', owner: 'platform', amountSats: -amountSats },
    { kind: 'worker_payable', owner: workerId, amountSats },
  ];
}

function fromOrganization(
  { workerId, amountSats }: Pay,
  { organizationId, feeSats }: { organizationId: string; feeSats: bigint },
): Move[] {
  return [
    {
      kind: 'organization_available',
      owner: organizationId,
      amountSats: -(amountSats + feeSats),
    },
    { kind: 'worker_payable', owner: workerId, amountSats },
    { kind: 'platform_fees', owner: 'platform', amountSats: feeSats },
  ];
}
