import { releaseHold } from '@/server/features/ledger';
import { atInstant, clock, type StandingClock, standingClock } from '@/server/platform/clock';
import { type Tx, transaction } from '@/server/platform/db';
import { kickOutbox } from '@/server/platform/outbox';
import { together } from '@/server/platform/together';
import type { MovedTask } from './change-tasks';
import { endOpenWork } from './end-open-work';
import { heldBy } from './held-by';
import { transition } from './transition';

interface Expiry {
  taskId: string;
  /** The caller's clock. */
  at: StandingClock | undefined;
}

/**
 * Expires a task past its deadline, and releases its hold. Re-reads state, so early or repeated
 * calls do nothing.
 * @returns true if this call expired it.
 */
export async function expireTask(taskId: string): Promise<boolean> {
  const isExpired = await expireTogether({ taskId, at: standingClock() });
  if (isExpired) kickOutbox();
  return isExpired;
}

const expireTogether = together(
  (ending: readonly Expiry[]) => transaction((tx) => expireAll(tx, ending)),
  { most: 50, atOnce: 2, keyOf: ({ taskId }) => taskId },
);

async function expireAll(tx: Tx, ending: readonly Expiry[]): Promise<boolean[]> {
  const rows = await tx.$queryRaw<{ id: string; expiresAt: Date; onTimeout: unknown }[]>`
    SELECT id::text AS id, expires_at AS "expiresAt", on_timeout AS "onTimeout" FROM tasks
     WHERE id = ANY(${ending.map(({ taskId }) => taskId)}::uuid[])
     ORDER BY id FOR UPDATE`;
  const rowById = new Map(rows.map((row) => [row.id, row]));
  const expired = await Promise.all(
    ending.map(({ taskId, at }) =>
      atInstant(at, async () => {
        const row = rowById.get(taskId);
        return row && row.expiresAt <= clock.now() ? expire(tx, taskId, row.onTimeout) : null;
      }),
    ),
  );
  // Balances are locked after all tasks.
  await Promise.all(
    expired.map(
      (row, n) =>
        row &&
        atInstant(ending[n]?.at, () => releaseHold(tx, { ...heldBy(row), reason: 'expired' })),
    ),
  );
  return expired.map((row) => row !== null);
}

/** @returns the updated row, or null if the task had already ended. */
async function expire(tx: Tx, taskId: string, onTimeout: unknown): Promise<MovedTask | null> {
  const fallback = onTimeout as { action: string; output?: unknown };
  const usesDefault = fallback.action === 'default' && fallback.output !== undefined;
  const row = await transition(tx, {
    taskId,
    action: 'expire',
    by: 'system',
    set: {
      failureCode: usesDefault ? 'sla_expired_default_used' : 'sla_expired',
      failureMessage: usesDefault
        ? 'Expired before an answer was verified; the output is the default from on_timeout.'
        : 'Expired before an answer was verified.',
      ...(usesDefault ? { output: fallback.output } : {}),
    },
  });
  if (!row) return null;
  await endOpenWork(tx, taskId, 'This task has expired.');
  return row;
}
