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
 * The platform pays for a re-vote that no organization holds anything for.
 * @returns false where it was paid before: nothing was done.
 */
export async function payReVote(tx: Tx, { taskId, ...pay }: Pay & { taskId: string }) {
  const reference = taskReference(taskId, true);
  return post(tx, { mode: pay.mode, kind: 're_vote', reference, moves: fromPlatform(pay) });
}

/**
 * Pays an answer that was accepted after its task's hold had been closed. The organization, where one is
 * to pay, pays the fee as well; what its balance does not cover, the platform pays whole.
 * @returns who paid; null where it was paid before, and nothing was done.
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

/** An organization that pays, and whose day of spending it counts for: that of the task. */
interface Payer extends Spending {
  organizationId: string;
  feeSats: bigint;
}

/** Whether the organization is open and its balance covers it; that is locked until the transaction ends. */
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
  // Closing an organization locks its balance as well, so this is read after that.
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
