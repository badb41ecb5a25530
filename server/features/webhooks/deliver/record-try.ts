import { audit } from '@/server/features/organizations';
import { SYSTEM } from '@/server/platform/actor';
import { clock, spread } from '@/server/platform/clock';
import { hotQuery, Prisma, type Tx, transaction } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { enqueue, kickOutbox } from '@/server/platform/outbox';
import { together } from '@/server/platform/together';
import type { LoadedDelivery } from './load-delivery';
import { FAILING_MS_MAX, nextDelayMs } from './retry-schedule';
import type { TryResult } from './send-event';

/**
 * Records an attempt's result: its log row, the delivery's status, and the endpoint's health.
 * @returns milliseconds until the next attempt, or null if there is none.
 */
export async function recordTry(
  { delivery, endpoint }: LoadedDelivery,
  number: number,
  result: TryResult,
): Promise<number | null> {
  const disableReason = endpoint && !result.delivered ? reasonToDisable(endpoint, result) : null;
  const tries = number - delivery.triesBefore;
  const delayMs =
    result.delivered || disableReason ? null : nextDelayMs(tries, result.retryAfterMs, spread());
  const tried: Tried = {
    ...logRow(delivery.id, number, result),
    is_delivered: result.delivered,
    url: endpoint?.url ?? delivery.url,
    next_attempt_at: delayMs === null ? null : new Date(clock.nowMs() + delayMs),
  };
  if (!endpoint || isAsBefore(endpoint, result.delivered, disableReason)) await record(tried);
  else {
    await transaction(async (tx) => {
      await tx.$executeRaw(recordStatement([tried]));
      await judgeEndpoint(tx, endpoint, result.delivered, disableReason);
    });
  }
  if (disableReason) kickOutbox();
  return delayMs;
}

/** A log row, with the delivery's status after it. */
interface Tried extends ReturnType<typeof logRow> {
  is_delivered: boolean;
  /** Where it went. */
  url: string;
  /** Null if no attempt follows. */
  next_attempt_at: Date | null;
}

const record = together(
  async (tries: readonly Tried[]) => {
    await hotQuery(recordStatement(tries));
    return tries.map(() => undefined);
  },
  // One receiver's attempts are recorded in order, and the log is not urgent.
  { waitMs: 20, keyOf: (tried) => tried.delivery_id },
);

/**
 * A success is final, even if another attempt has started. A failure only counts if its attempt is
 * the latest, or a replay would lose its turn.
 */
function recordStatement(tries: readonly Tried[]): Prisma.Sql {
  return Prisma.sql`
    WITH tried AS (
      SELECT * FROM ${rowsOf(tries)} ORDER BY delivery_id
    ), logged AS (${logInsert(Prisma.sql`tried`)}), standing AS (
      SELECT tried.*
        FROM tried CROSS JOIN LATERAL (
          SELECT FROM deliveries d WHERE d.id = tried.delivery_id FOR NO KEY UPDATE) AS locked
    )
    UPDATE deliveries d
       SET status = CASE WHEN t.is_delivered THEN 'delivered' WHEN t.next_attempt_at IS NULL THEN 'failed'
                         ELSE d.status END,
           delivered_at = CASE WHEN t.is_delivered THEN t.created_at ELSE d.delivered_at END,
           next_attempt_at = CASE WHEN NOT t.is_delivered THEN t.next_attempt_at END,
           url = CASE WHEN t.is_delivered THEN t.url ELSE d.url END
      FROM standing t
     WHERE d.id = t.delivery_id
       AND CASE WHEN t.is_delivered THEN d.status <> 'delivered'
                ELSE d.status = 'pending' AND d.attempt_count = t.number END`;
}

/** One line of the delivery log. */
export async function logTry(
  tx: Tx,
  deliveryId: string,
  number: number,
  result: TryResult,
): Promise<void> {
  await tx.$executeRaw(logInsert(rowsOf([logRow(deliveryId, number, result)])));
}

const logRow = (deliveryId: string, number: number, result: TryResult) => ({
  id: newId(),
  delivery_id: deliveryId,
  number,
  status_code: result.statusCode,
  error: result.error,
  duration_ms: result.durationMs,
  response_body: result.responseBody,
  created_at: clock.now(),
});

/** Log rows as a relation, for attempts including their deliveries' status. */
const rowsOf = (rows: readonly ReturnType<typeof logRow>[]) => Prisma.sql`
  jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
    AS r(id uuid, delivery_id uuid, number int, status_code int, error text, duration_ms int,
         response_body text, created_at timestamptz, is_delivered boolean, url text,
         next_attempt_at timestamptz)`;

const logInsert = (rows: Prisma.Sql) => Prisma.sql`
  INSERT INTO delivery_attempts (id, delivery_id, number, status_code, error, duration_ms,
                                 response_body, created_at)
  SELECT id, delivery_id, number, status_code, error, duration_ms, response_body, created_at
    FROM ${rows}`;

type Endpoint = NonNullable<LoadedDelivery['endpoint']>;

/** Whether an attempt says nothing new about its endpoint. */
function isAsBefore(
  { failingSince }: Endpoint,
  isDelivered: boolean,
  disableReason: string | null,
): boolean {
  return isDelivered ? failingSince === null : failingSince !== null && disableReason === null;
}

/** Why this failure disables the endpoint, or null. */
function reasonToDisable(endpoint: Endpoint, result: TryResult): string | null {
  if (result.gone) return 'It responded with 410: it wants no more events.';
  const { failingSince } = endpoint;
  if (failingSince && clock.nowMs() - failingSince.getTime() >= FAILING_MS_MAX) {
    return 'All deliveries have failed for five days.';
  }
  return null;
}

/** Updates the endpoint's row only if something changes, because all attempts share it. */
async function judgeEndpoint(
  tx: Tx,
  endpoint: Endpoint,
  delivered: boolean,
  disableReason: string | null,
): Promise<void> {
  const { id, organizationId, mode } = endpoint;
  if (delivered) {
    if (endpoint.failingSince === null) return;
    await tx.endpoint.updateMany({ where: { id }, data: { failingSince: null } });
    return;
  }
  if (endpoint.failingSince === null) {
    await tx.endpoint.updateMany({
      where: { id, failingSince: null },
      data: { failingSince: clock.now() },
    });
  }
  if (disableReason === null) return;
  const { count } = await tx.endpoint.updateMany({
    where: { id, status: 'enabled' },
    data: { status: 'disabled', disabledReason: disableReason, updatedAt: clock.now() },
  });
  if (count === 0) return;
  await audit(
    tx,
    SYSTEM,
    'endpoint.disabled',
    `endpoint:${id}`,
    { reason: disableReason },
    organizationId,
  );
  await enqueue(tx, [
    {
      topic: 'endpoint.disabled',
      key: `${id}:${clock.nowMs()}`,
      data: { endpointId: id, organizationId, mode, reason: disableReason },
    },
  ]);
}
