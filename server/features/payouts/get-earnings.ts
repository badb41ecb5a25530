import type { WorkerActor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { csvLine } from '@/server/platform/csv-line';
import { db } from '@/server/platform/db';
import { satsToNumber } from '@/server/platform/money';
import type { Earnings, EarningsByType } from './schema';

const DAY_MS = 86_400_000;
const DAYS_SHOWN = 30;
const CSV_ROWS_MAX = 50_000;
const CSV_COLUMNS =
  'payout_id task_id type amount_sats fee_sats rail status created_at paid_at preimage reason'.split(
    ' ',
  );

const hourlyRate = (amountSats: number, seconds: number) =>
  seconds > 0 ? Math.round((amountSats * 3_600) / seconds) : null;

/**
 * A worker's earnings: by state, by day of the last thirty (UTC, without gaps), and by task type
 * with hourly earnings. Adjustments are included in the first two.
 */
export async function getEarnings(actor: WorkerActor): Promise<Earnings> {
  const [states, days, byType] = await Promise.all([
    byState(actor),
    byDay(actor),
    earningsByType(actor),
  ]);
  const amount = byType.reduce((sum, each) => sum + each.amountSats, 0);
  const seconds = byType.reduce((sum, each) => sum + each.seconds, 0);
  return { ...states, days, byType, satsPerHour: hourlyRate(amount, seconds) };
}

async function byState(actor: WorkerActor) {
  const rows = await db.$queryRaw<{ status: string; amount: bigint }[]>`
    SELECT CASE WHEN hold_reason IS NOT NULL THEN 'held_back' ELSE status::text END AS status,
           sum(amount_sats)::bigint AS amount
      FROM payouts
     WHERE worker_id = ${actor.workerId}::uuid AND mode = ${actor.mode}::mode
     GROUP BY 1`;
  const of = (...wanted: string[]) =>
    rows
      .filter(({ status }) => wanted.includes(status))
      .reduce((sum, { amount }) => sum + satsToNumber(amount), 0);
  return {
    heldSats: of('held'),
    // Payouts held back by an operator count as pending, because the worker cannot withdraw them.
    pendingSats: of('pending', 'sending', 'held_back'),
    paidSats: of('paid'),
    failedSats: of('failed'),
  };
}

async function byDay(actor: WorkerActor): Promise<Earnings['days']> {
  const today = Math.floor(clock.nowMs() / DAY_MS) * DAY_MS;
  const from = today - (DAYS_SHOWN - 1) * DAY_MS;
  const rows = await db.$queryRaw<{ day: string; amount: bigint }[]>`
    SELECT to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day,
           sum(amount_sats)::bigint AS amount
      FROM payouts
     WHERE worker_id = ${actor.workerId}::uuid AND mode = ${actor.mode}::mode
       AND created_at >= ${new Date(from)} AND status <> 'cancelled'
     GROUP BY 1`;
  const known = new Map(rows.map(({ day, amount }) => [day, satsToNumber(amount)]));
  return Array.from({ length: DAYS_SHOWN }, (_, index) => {
    const day = new Date(from + index * DAY_MS).toISOString().slice(0, 10);
    return { day, amountSats: known.get(day) ?? 0 };
  });
}

async function earningsByType(actor: WorkerActor): Promise<EarningsByType[]> {
  const rows = await db.$queryRaw<
    { type: string; answers: number; amount: bigint; seconds: number }[]
  >`
    SELECT a.type, count(*)::int AS answers, sum(p.amount_sats)::bigint AS amount,
           (sum(a.elapsed_ms) / 1000.0)::float8 AS seconds
      FROM payouts p JOIN answers a ON a.id = p.answer_id
     WHERE p.worker_id = ${actor.workerId}::uuid AND p.mode = ${actor.mode}::mode
     GROUP BY a.type
     ORDER BY amount DESC, a.type`;
  return rows.map(({ type, answers, amount, seconds }) => {
    const amountSats = satsToNumber(amount);
    return { type, answers, amountSats, seconds, satsPerHour: hourlyRate(amountSats, seconds) };
  });
}

/** All payouts of the worker as CSV with a header, newest first; amounts in sats, times in UTC. */
export async function exportPayouts(actor: WorkerActor): Promise<string> {
  const rows = await db.payout.findMany({
    where: { workerId: actor.workerId, mode: actor.mode },
    orderBy: { id: 'desc' },
    take: CSV_ROWS_MAX,
    include: { attempt: true, adjustment: { select: { reason: true } } },
  });
  const answers = await db.answer.findMany({
    where: { workerId: actor.workerId, id: { in: rows.flatMap((row) => row.answerId ?? []) } },
    select: { id: true, type: true },
  });
  const typeOf = new Map(answers.map(({ id, type }) => [id, type]));
  const lines = rows.map((row) =>
    csvLine([
      row.id,
      row.taskId,
      row.adjustment ? 'adjustment' : (typeOf.get(row.answerId ?? '') ?? ''),
      satsToNumber(row.amountSats),
      satsToNumber(row.attempt?.feeSats ?? 0n),
      row.rail,
      row.status,
      row.createdAt.toISOString(),
      row.paidAt?.toISOString() ?? null,
      row.attempt?.preimage ?? null,
      row.adjustment?.reason ?? null,
    ]),
  );
  return csvLine(CSV_COLUMNS) + lines.join('');
}
