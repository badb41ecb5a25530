import { clock } from '../clock';
import { db, type Tx } from '../db';
import type { OutboxRow } from './outbox-row';

/** A row is shown to operators after this many failures; fewer are normal during a restart. */
export const FAILING_ATTEMPTS = 3;

export interface OutboxCounts {
  /** Due and not delivered yet. */
  due: number;
  failing: number;
  /** Since when the oldest failing row has been waiting; null if none fails. */
  oldestFailing: Date | null;
  /** Age of the oldest row that is due or postponed; 0 if there is none. */
  oldestSeconds: number;
  /** How late the first row without failures is; 0 if none is due. */
  oldestDueSeconds: number;
}

export async function countOutbox(): Promise<OutboxCounts> {
  const now = clock.now();
  const rows = await db.$queryRaw<OutboxCounts[]>`
    SELECT count(*) FILTER (WHERE available_at <= ${now})::int AS due,
           count(*) FILTER (WHERE attempts >= ${FAILING_ATTEMPTS})::int AS failing,
           min(created_at) FILTER (WHERE attempts >= ${FAILING_ATTEMPTS}) AS "oldestFailing",
           COALESCE(extract(epoch FROM ${now}::timestamptz - min(available_at)
             FILTER (WHERE available_at <= ${now} AND attempts = 0)), 0)::float8 AS "oldestDueSeconds",
           COALESCE(extract(epoch FROM ${now}::timestamptz - min(created_at)
             FILTER (WHERE available_at <= ${now} OR attempts > 0)), 0)::float8 AS "oldestSeconds"
    FROM outbox WHERE test_clock_of IS NULL`;
  return (
    rows[0] ?? { due: 0, failing: 0, oldestFailing: null, oldestSeconds: 0, oldestDueSeconds: 0 }
  );
}

/** A row whose delivery failed; its data holds ids only. */
export interface FailingRow extends Pick<OutboxRow, 'id' | 'topic' | 'key' | 'attempts'> {
  lastError: string;
  createdAt: Date;
  nextTryAt: Date;
}

/** Rows that failed at least `FAILING_ATTEMPTS` times, most failures first. */
export async function listFailingRows(limit: number): Promise<FailingRow[]> {
  const rows = await db.outboxRow.findMany({
    where: { attempts: { gte: FAILING_ATTEMPTS } },
    orderBy: [{ attempts: 'desc' }, { id: 'asc' }],
    take: limit,
    select: {
      id: true,
      topic: true,
      key: true,
      attempts: true,
      lastError: true,
      createdAt: true,
      availableAt: true,
    },
  });
  return rows.map(({ availableAt, lastError, ...row }) => ({
    ...row,
    lastError: lastError ?? '',
    nextTryAt: availableAt,
  }));
}

/**
 * Makes one or all failing rows due now; they keep their failure count until delivered.
 * @returns the number of rows.
 */
export async function retryFailingRows(tx: Tx, id: string | null): Promise<number> {
  const { count } = await tx.outboxRow.updateMany({
    where: { attempts: { gte: FAILING_ATTEMPTS }, ...(id === null ? {} : { id }) },
    data: { availableAt: clock.now() },
  });
  return count;
}
