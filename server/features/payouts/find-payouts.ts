import type { Actor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { db, Prisma } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { isUuid } from '@/server/platform/ids';
import { satsToNumber } from '@/server/platform/money';
import { type Page, pageOf } from '@/server/platform/page';
import { assertOperator } from './access';
import { stateSql } from './payout-states';
import { LIGHTNING, LOCAL_RAILS } from './rails/local-rails';
import { cannotBeAsked } from './rails/registry';
import {
  FindPayouts,
  type PayoutAct,
  type PayoutDetail,
  type PayoutLine,
  type PayoutTry,
} from './schema';

const AGES = { hour: 3_600_000, day: 86_400_000, week: 7 * 86_400_000 };
/** Maximum number of workers matched by name. */
const NAMED_MAX = 200;
const LOG_MAX = 20;

type Row = Omit<PayoutLine, 'amountSats'> & { amountSats: bigint };

/**
 * A page of all payouts of one mode, including operators' adjustments, newest first.
 * @throws Forbidden unless the actor is an operator.
 */
export async function findPayouts(actor: Actor, input: FindPayouts): Promise<Page<PayoutLine>> {
  const operator = assertOperator(actor);
  const query = FindPayouts.parse(input);
  const { limit, after } = query;
  const conditions = [
    Prisma.sql`p.mode = ${query.mode ?? operator.mode}::mode`,
    ...(query.state ? [stateSql(query.state)] : []),
    ...(query.rail ? [Prisma.sql`p.rail = ${query.rail}`] : []),
    ...(query.worker ? [workerSql(query.worker)] : []),
    ...(query.organization ? [organizationSql(query.organization)] : []),
    ...(query.olderThan
      ? [Prisma.sql`p.created_at <= ${new Date(clock.nowMs() - AGES[query.olderThan])}`]
      : []),
    ...(after ? [Prisma.sql`p.id < ${after}::uuid`] : []),
  ];
  const rows = await readLines(Prisma.join(conditions, ' AND '), limit + 1);
  return pageOf(rows, limit, lineOf);
}

/**
 * One payout of either mode, with its attempts and operators' actions.
 * @throws Forbidden unless the actor is an operator; NotFound.
 */
export async function getPayout(actor: Actor, { id }: { id: string }): Promise<PayoutDetail> {
  assertOperator(actor);
  const [row] = await readLines(Prisma.sql`p.id = ${id}::uuid`, 1);
  if (!row) throw new NotFound('payout', id);
  const [attempts, log] = await Promise.all([
    db.payoutAttempt.findMany({
      where: { carried: { some: { payoutId: id } } },
      orderBy: { id: 'asc' },
      include: { _count: { select: { carried: true } } },
    }),
    db.$queryRaw<PayoutDetail['log']>`
      SELECT e.action, coalesce(u.name, e.actor) AS actor, e.data->>'reason' AS reason,
             e.created_at AS at
        FROM audit_entries e LEFT JOIN users u ON e.actor = 'operator:' || u.id
       WHERE e.organization_id IS NOT DISTINCT FROM ${row.organizationId}::uuid AND e.subject = ${`payout:${id}`}
       ORDER BY e.id DESC LIMIT ${LOG_MAX}`,
  ]);
  const tries = attempts.map(
    (attempt, index): PayoutTry => ({
      id: attempt.id,
      number: index + 1,
      payouts: attempt._count.carried,
      amountSats: satsToNumber(attempt.amountSats),
      rail: attempt.rail,
      status: attempt.status,
      externalId: attempt.externalId,
      paymentHash: attempt.paymentHash,
      preimage: attempt.preimage,
      feeLimitSats: satsToNumber(attempt.feeLimitSats),
      feeSats: satsToNumber(attempt.feeSats),
      error: attempt.error,
      createdAt: attempt.createdAt,
      sentAt: attempt.sentAt,
      finishedAt: attempt.finishedAt,
    }),
  );
  const line = lineOf(row);
  const acts = actsOn(line, tries);
  if (acts.includes('look_up') && (await cannotBeAsked(attempts.at(-1)))) {
    acts.push('enter_outcome');
  }
  return { ...line, tries, acts, log };
}

/**
 * The rails that payouts of this instance can have.
 * @throws Forbidden unless the actor is an operator.
 */
export function listRails(actor: Actor): string[] {
  assertOperator(actor);
  return [...LOCAL_RAILS, LIGHTNING];
}

/** The actions available to an operator. An unknown outcome can only be looked up, never resent. */
function actsOn(line: PayoutLine, tries: readonly PayoutTry[]): PayoutAct[] {
  if (line.status === 'pending') return ['hold_back'];
  if (line.status === 'failed') return ['retry'];
  if (line.holdReason !== null) return ['release'];
  if (line.status === 'sending' && tries.at(-1)?.status === 'reserved') return ['hold_back'];
  const isLost = line.trouble === 'unknown' || tries.at(-1)?.status === 'unknown';
  return line.status === 'sending' && isLost ? ['look_up'] : [];
}

function readLines(where: Prisma.Sql, limit: number): Promise<Row[]> {
  return db.$queryRaw<Row[]>`
    SELECT p.id::text, p.mode::text, p.status::text, p.amount_sats AS "amountSats", p.rail, p.destination,
           p.organization_id::text AS "organizationId", o.name AS organization,
           p.worker_id::text AS "workerId", w.display_name AS worker, p.task_id::text AS "taskId",
           g.reason, p.attempts,
           p.failure_reason AS "failureReason", p.hold_reason AS "holdReason",
           p.created_at AS "createdAt", p.next_attempt_at AS "nextAttemptAt", p.paid_at AS "paidAt",
           CASE WHEN p.status = 'failed' THEN 'failed' WHEN ${stateSql('unknown')} THEN 'unknown'
                WHEN ${stateSql('stuck')} THEN 'stuck' END AS trouble
      FROM payouts p JOIN workers w ON w.id = p.worker_id
           LEFT JOIN organizations o ON o.id = p.organization_id
           LEFT JOIN ledger_adjustments g ON g.id = p.adjustment_id
     WHERE ${where}
     ORDER BY p.id DESC
     LIMIT ${limit}`;
}

const lineOf = (row: Row): PayoutLine => ({ ...row, amountSats: satsToNumber(row.amountSats) });

/** A LIKE pattern for part of a name, with % and _ escaped. */
const containing = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

function workerSql(text: string): Prisma.Sql {
  if (isUuid(text)) return Prisma.sql`p.worker_id = ${text}::uuid`;
  const pattern = containing(text);
  return Prisma.sql`p.worker_id IN (
    SELECT n.id FROM workers n LEFT JOIN users u ON u.id = n.user_id
     WHERE n.display_name ILIKE ${pattern} OR u.email ILIKE ${pattern} LIMIT ${NAMED_MAX})`;
}

function organizationSql(text: string): Prisma.Sql {
  if (isUuid(text)) return Prisma.sql`p.organization_id = ${text}::uuid`;
  return Prisma.sql`p.organization_id IN (
    SELECT n.id FROM organizations n WHERE n.name ILIKE ${containing(text)} LIMIT ${NAMED_MAX})`;
}
