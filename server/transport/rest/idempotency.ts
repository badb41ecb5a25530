import { randomUUID } from 'node:crypto';
import { clock } from '@/server/platform/clock';
import { decrypt, encrypt } from '@/server/platform/crypto';
import { db, Prisma } from '@/server/platform/db';
import { deleteInBatches } from '@/server/platform/delete-in-batches';
import { Conflict } from '@/server/platform/errors';
import type { KeyActor } from './operation';

const KEPT_MS = 24 * 60 * 60 * 1000;
/** Lock TTL: after this the first request is considered dead, and the next one runs. */
const LOCK_MS = 60_000;
/** How long a second request waits for the first one's response. */
const WAIT_MS_MAX = 5_000;
const POLL_MS_BASE = 25;
const POLL_MS_MAX = 250;

/** 409: the key was used with another request. */
export class IdempotencyMismatch extends Conflict {
  static readonly status = 409;
  static readonly code = 'idempotency_mismatch';
  constructor() {
    super(
      'idempotency_mismatch',
      'This Idempotency-Key was used with another request. Send the same request, or a new key.',
      { param: 'Idempotency-Key' },
    );
  }
}

/** 409: the first request with the key is still running. */
export class IdempotencyInFlight extends Conflict {
  static readonly status = 409;
  static readonly code = 'idempotency_in_flight';
  constructor() {
    super(
      'idempotency_in_flight',
      'The first request with this Idempotency-Key is still running. Try again in a second.',
      { param: 'Idempotency-Key', headers: { 'Retry-After': '1' } },
    );
  }
}

/** A stored response. */
export interface StoredAnswer {
  status: number;
  body: string | null;
  headers: Record<string, string>;
}

/**
 * Either the stored response, or the right to run, which must end with exactly one of the two
 * calls.
 */
export type Claim =
  | { kind: 'replay'; answer: StoredAnswer }
  | {
      kind: 'run';
      /** Stores the response for 24 hours. */
      keep(answer: StoredAnswer): Promise<void>;
      /** Releases the key, so that a retry runs again. */
      release(): Promise<void>;
    };

/**
 * Claims a key of an organization and mode for one request.
 * @param requestHash distinguishes requests with the same key.
 * @throws IdempotencyMismatch 409, IdempotencyInFlight 409
 */
export type ClaimKey = (actor: KeyActor, key: string, requestHash: string) => Promise<Claim>;

interface KeyRecord {
  requestHash: string;
  state: 'running' | 'done';
  status: number | null;
  response: string | null;
}

function contextOf(actor: KeyActor, key: string): string {
  return `idempotency:${actor.organizationId}:${actor.mode}:${key}`;
}

/** Locks the key if it is new, expired, or its lock has expired. */
async function tryToTake(actor: KeyActor, key: string, requestHash: string, lockId: string) {
  const now = clock.now();
  const lockedUntil = new Date(now.getTime() + LOCK_MS);
  const expiresAt = new Date(now.getTime() + KEPT_MS);
  const taken = await db.$executeRaw`
    INSERT INTO idempotency_records AS record
      (organization_id, mode, key, request_hash, state, lock_id, locked_until, created_at, expires_at)
    VALUES (${actor.organizationId}::uuid, ${actor.mode}::mode, ${key}, ${requestHash}, 'running',
      ${lockId}::uuid, ${lockedUntil}, ${now}, ${expiresAt})
    ON CONFLICT (organization_id, mode, key) DO UPDATE SET
      request_hash = EXCLUDED.request_hash, state = 'running', lock_id = EXCLUDED.lock_id,
      locked_until = EXCLUDED.locked_until, created_at = EXCLUDED.created_at,
      expires_at = EXCLUDED.expires_at, status = NULL, response = NULL
    WHERE record.expires_at <= ${now}
      OR (record.state = 'running' AND record.locked_until <= ${now})`;
  return taken === 1;
}

async function findRecord(actor: KeyActor, key: string): Promise<KeyRecord | null> {
  return db.idempotencyRecord.findUnique({
    where: {
      organizationId_mode_key: { organizationId: actor.organizationId, mode: actor.mode, key },
    },
    select: { requestHash: true, state: true, status: true, response: true },
  });
}

/** Claims keys in Postgres. */
export const claimInPostgres: ClaimKey = async (actor, key, requestHash) => {
  const lockId = randomUUID();
  const own = Prisma.sql`organization_id = ${actor.organizationId}::uuid
    AND mode = ${actor.mode}::mode AND key = ${key} AND lock_id = ${lockId}::uuid`;
  const deadlineMs = performance.now() + WAIT_MS_MAX;
  for (let delayMs = POLL_MS_BASE; ; delayMs = Math.min(delayMs * 2, POLL_MS_MAX)) {
    if (await tryToTake(actor, key, requestHash, lockId)) break;
    const record = await findRecord(actor, key);
    // Released between the two statements: the next iteration locks it.
    if (!record) continue;
    if (record.requestHash !== requestHash) throw new IdempotencyMismatch();
    if (record.state === 'done' && record.response !== null) {
      const kept = JSON.parse(decrypt(record.response, contextOf(actor, key)));
      return { kind: 'replay', answer: { status: record.status ?? 200, ...kept } };
    }
    if (performance.now() + delayMs > deadlineMs) throw new IdempotencyInFlight();
    await new Promise((resolve) => setTimeout(resolve, delayMs));
  }
  return {
    kind: 'run',
    async keep({ status, body, headers }) {
      const response = encrypt(JSON.stringify({ body, headers }), contextOf(actor, key));
      await db.$executeRaw`
        UPDATE idempotency_records SET state = 'done', status = ${status}, response = ${response}
        WHERE ${own}`;
    },
    async release() {
      await db.$executeRaw`DELETE FROM idempotency_records WHERE ${own}`;
    },
  };
};

/** Deletes responses older than a day. Returns the number of rows deleted. */
export function deleteExpiredAnswers(): Promise<number> {
  const now = clock.now();
  return deleteInBatches(
    (rows) => db.$executeRaw`
      DELETE FROM idempotency_records WHERE (organization_id, mode, key) IN (
        SELECT organization_id, mode, key FROM idempotency_records WHERE expires_at <= ${now}
         ORDER BY expires_at LIMIT ${rows} FOR UPDATE SKIP LOCKED)`,
  );
}
