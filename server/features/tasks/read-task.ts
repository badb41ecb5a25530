import type { Actor } from '@/server/platform/actor';
import { hotQuery, Prisma } from '@/server/platform/db';
import { isUuid } from '@/server/platform/ids';
import { isOneOf } from '@/server/platform/sql-lists';
import { together } from '@/server/platform/together';
import { maySee, type OwnedRow } from './access';
import { mayOwePayouts } from './lifecycle';
import type { ChangingRow, FixedRow, PayoutFacts } from './render';

/** A task as `renderTask` needs it, with its payouts, oldest first. */
export type ReadTask = FixedRow & ChangingRow & OwnedRow & { payouts: PayoutFacts[] };

type Sats = 'payoutSats' | 'heldSats' | 'chargedSats' | 'feeSats';
type PlainTask = Omit<ReadTask, Sats | 'payouts'> & Record<Sats, string>;
type PlainPayout = Omit<PayoutFacts, 'amountSats'> & { taskId: string; amountSats: string };

/**
 * Reads one task; null if the actor may not see it. Customers poll this, so concurrent reads share
 * statements, which bypass the Prisma client.
 */
export async function readTask(actor: Actor, id: string): Promise<ReadTask | null> {
  if (!isUuid(id)) return null;
  const task = await read(id.toLowerCase());
  return task && maySee(actor, task) ? task : null;
}

/** These tasks, in no particular order; the caller has checked who may see them. */
export async function readTasks(ids: readonly string[]): Promise<ReadTask[]> {
  if (ids.length === 0) return [];
  const tasks = await hotQuery<PlainTask>(Prisma.sql`
    SELECT ${COLUMNS} FROM tasks t WHERE t.id ${isOneOf(ids)}`);
  const owing = tasks.filter(({ status }) => mayOwePayouts(status)).map(({ id }) => id);
  const payouts = owing.length > 0 ? await readPayouts(owing) : [];
  return tasks.map((task) => ({
    ...task,
    payoutSats: BigInt(task.payoutSats),
    heldSats: BigInt(task.heldSats),
    chargedSats: BigInt(task.chargedSats),
    feeSats: BigInt(task.feeSats),
    payouts: payouts.filter(({ taskId }) => taskId === task.id),
  }));
}

/** Concurrent reads per process; further calls share the next one. */
const AT_ONCE = 2;

const read = together(
  async (ids: readonly string[]) => {
    const tasks = await readTasks([...new Set(ids)]);
    return ids.map((id) => tasks.find((task) => task.id === id) ?? null);
  },
  { atOnce: AT_ONCE },
);

const COLUMNS = Prisma.raw(`
  t.id, t.mode, t.status, t.type, t.payload, t.output_schema AS "outputSchema",
  t.payout_sats AS "payoutSats", t.sla_seconds AS "slaSeconds",
  t.skills_required AS "skillsRequired", t.risk_tier AS "riskTier",
  t.min_votes AS "minVotes", t.max_votes AS "maxVotes",
  t.target_confidence AS "targetConfidence", t.vote_value AS "voteValue", t.instructions,
  t.metadata, t.callback_url AS "callbackUrl", t.idempotency_key AS "idempotencyKey",
  t.output, t.confidence, t.confidence_basis AS "confidenceBasis",
  t.votes_accepted AS "votesAccepted", t.dissent, t.correction, t.verification,
  t.held_sats AS "heldSats", t.charged_sats AS "chargedSats", t.fee_sats AS "feeSats",
  t.failure_code AS "failureCode", t.failure_message AS "failureMessage",
  t.created_at AS "createdAt", t.assigned_at AS "assignedAt",
  t.submitted_at AS "submittedAt", t.completed_at AS "completedAt",
  t.updated_at AS "updatedAt", t.expires_at AS "expiresAt",
  t.organization_id AS "organizationId", t.reserved_for AS "reservedFor",
  t.created_by AS "createdBy"`);

/** The payouts of these tasks, oldest first. */
async function readPayouts(taskIds: readonly string[]) {
  const payouts = await hotQuery<PlainPayout>(Prisma.sql`
    SELECT p.id, p.task_id AS "taskId", p.amount_sats AS "amountSats", p.rail, p.status,
           p.paid_at AS "paidAt"
      FROM payouts p WHERE p.task_id ${isOneOf(taskIds)} ORDER BY p.id`);
  return payouts.map((payout) => ({ ...payout, amountSats: BigInt(payout.amountSats) }));
}
