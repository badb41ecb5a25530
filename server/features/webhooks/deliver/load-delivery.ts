import type { Delivery, Endpoint, WebhookEvent } from '@/prisma/generated/client';
import { clock } from '@/server/platform/clock';
import { hotQuery, Prisma } from '@/server/platform/db';
import { together } from '@/server/platform/together';
import type { TraceHeaders } from '@/server/platform/tracing';

/** A delivery with everything an attempt needs. `endpoint` is null for a callback URL. */
export interface LoadedDelivery {
  delivery: Pick<
    Delivery,
    'id' | 'organizationId' | 'mode' | 'url' | 'body' | 'dialect' | 'triesBefore'
  > & { event: Pick<WebhookEvent, 'id' | 'type' | 'body' | 'taskId'> };
  /** The trace context of its task, or null. */
  trace: TraceHeaders | null;
  endpoint: Pick<
    Endpoint,
    | 'id'
    | 'organizationId'
    | 'mode'
    | 'url'
    | 'failingSince'
    | 'secret'
    | 'previousSecret'
    | 'previousSecretExpiresAt'
  > | null;
}

type Row = LoadedDelivery['delivery'] & {
  number: number;
  eventId: string;
  eventType: string;
  taskId: string | null;
  traceparent: string | null;
  tracestate: string | null;
  eventBody: string;
  endpointId: string | null;
  endpointUrl: string;
  failingSince: Date | null;
  secret: string;
  previousSecret: string | null;
  previousSecretExpiresAt: Date | null;
};

/** Lease TTL of an attempt; after this its process is considered dead. */
const LEASE_MS = 30_000;

/** A requested attempt. */
interface Asked {
  id: string;
  /** The attempt count the caller last saw; null claims what is due. */
  expected: number | null;
  at: Date;
  lease_until: Date;
}

type ClaimedDelivery = LoadedDelivery & { number: number };

/**
 * Claims a delivery's next attempt, with its event and endpoint.
 * @param expected the attempt count the caller last saw; null claims what is due.
 * @returns the attempt's number and the loaded delivery, or null if it cannot be claimed.
 */
export async function claimDelivery(
  id: string,
  expected: number | null,
): Promise<ClaimedDelivery | null> {
  const at = clock.now();
  return claim({ id, expected, at, lease_until: new Date(at.getTime() + LEASE_MS) });
}

const claim = together(claimAll, { keyOf: ({ id }) => id });

/** Compares the status as text, so that no plan scans all pending deliveries. */
async function claimAll(asked: readonly Asked[]): Promise<(ClaimedDelivery | null)[]> {
  const rows = await hotQuery<Row>(Prisma.sql`
    WITH asked AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(asked)}::jsonb)
               AS a(id uuid, expected int, at timestamptz, lease_until timestamptz)
       ORDER BY id
    ), due AS (
      SELECT asked.*
        FROM asked CROSS JOIN LATERAL (
          SELECT FROM deliveries d
           WHERE d.id = asked.id AND d.status::text = 'pending' AND NOT ${IS_DISABLED}
             AND CASE WHEN asked.expected IS NULL THEN d.next_attempt_at <= asked.at
                      ELSE d.attempt_count = asked.expected END
             FOR NO KEY UPDATE) AS locked
    ), claimed AS (
      UPDATE deliveries d
         SET attempt_count = d.attempt_count + 1, next_attempt_at = due.lease_until
        FROM due
       WHERE d.id = due.id
      RETURNING d.*
    )
    SELECT c.id::text AS id, c.organization_id::text AS "organizationId", c.mode::text AS mode, c.url,
           c.body, c.dialect, c.tries_before AS "triesBefore", c.attempt_count AS number,
           e.id AS "eventId", e.type AS "eventType", e.body AS "eventBody",
           e.task_id::text AS "taskId", t.traceparent, t.tracestate,
           p.id::text AS "endpointId", p.url AS "endpointUrl", p.failing_since AS "failingSince",
           p.secret, p.previous_secret AS "previousSecret",
           p.previous_secret_expires_at AS "previousSecretExpiresAt"
      FROM claimed c JOIN webhook_events e ON e.id = c.event_id
      LEFT JOIN tasks t ON t.id = e.task_id
      LEFT JOIN endpoints p ON p.id = c.endpoint_id`);
  const byId = new Map(rows.map((row) => [row.id, claimedOf(row)]));
  return asked.map(({ id }) => byId.get(id) ?? null);
}

function claimedOf(row: Row): ClaimedDelivery {
  const { number, eventId, eventType, eventBody, taskId, traceparent, tracestate, ...own } = row;
  const { endpointId, endpointUrl, ...rest } = own;
  const { failingSince, secret, previousSecret, previousSecretExpiresAt, ...delivery } = rest;
  const { organizationId, mode } = delivery;
  return {
    number,
    delivery: { ...delivery, event: { id: eventId, type: eventType, body: eventBody, taskId } },
    trace: traceparent === null ? null : { traceparent, tracestate },
    endpoint:
      endpointId === null
        ? null
        : {
            ...{ id: endpointId, organizationId, mode, url: endpointUrl, failingSince },
            ...{ secret, previousSecret, previousSecretExpiresAt },
          },
  };
}

/** Whether the endpoint of a row `d` of deliveries is disabled. */
const IS_DISABLED = Prisma.sql`
  EXISTS (SELECT FROM endpoints x
           WHERE x.id = d.endpoint_id AND (x.status = 'disabled' OR x.deleted_at IS NOT NULL))`;

/** Ends a delivery whose endpoint is disabled; any other one is unchanged. */
export async function giveUpDisabled(id: string): Promise<void> {
  await hotQuery(Prisma.sql`
    UPDATE deliveries d SET status = 'failed', next_attempt_at = NULL
     WHERE d.id = ${id}::uuid AND d.status = 'pending' AND ${IS_DISABLED}`);
}
