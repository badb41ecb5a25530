import type { ApiKey } from '@/prisma/generated/client';
import type { Actor, Mode, Scope } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { decodeCursor } from '@/server/platform/cursor';
import { db, type Tx } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { isUuid } from '@/server/platform/ids';
import { type Page, pageOf } from '@/server/platform/page';
import { visibleTo } from './access';

/** A key as listed: everything but its text. */
export interface ApiKeySummary {
  id: string;
  name: string;
  mode: Mode;
  lastFour: string;
  scopes: Scope[];
  maxSpendSatsPerDay: bigint | null;
  expiresAt: Date | null;
  revokedAt: Date | null;
  /** Exact to the minute. */
  lastUsedAt: Date | null;
  createdAt: Date;
}

/** A listed key with the sats held or charged today (UTC) by tasks it created. */
export interface ListedApiKey extends ApiKeySummary {
  spentTodaySats: bigint;
}

export function summaryOf(row: ApiKey): ApiKeySummary {
  return {
    id: row.id,
    name: row.name,
    mode: row.mode,
    lastFour: row.lastFour,
    scopes: row.scopes as Scope[],
    maxSpendSatsPerDay: row.maxSpendSatsPerDay,
    expiresAt: row.expiresAt,
    revokedAt: row.revokedAt,
    lastUsedAt: row.lastUsedAt,
    createdAt: row.createdAt,
  };
}

/**
 * A page of the organization's keys, newest first, including revoked ones; optionally of one mode.
 */
export async function listApiKeys(
  actor: Actor,
  query: { mode?: Mode; limit?: number; after?: string } = {},
): Promise<Page<ListedApiKey>> {
  const limit = Math.min(Math.max(query.limit ?? 50, 1), 100);
  const after = decodeCursor(query.after);
  const rows = await db.apiKey.findMany({
    where: {
      AND: [
        visibleTo(actor),
        query.mode ? { mode: query.mode } : {},
        after ? { id: { lt: after } } : {},
      ],
    },
    orderBy: { id: 'desc' },
    take: limit + 1,
  });
  const spent = await findSpentToday(rows);
  return pageOf(rows, limit, (row) => ({
    ...summaryOf(row),
    spentTodaySats: spent.get(row.id) ?? 0n,
  }));
}

async function findSpentToday(keys: readonly ApiKey[]): Promise<Map<string, bigint>> {
  const today = new Date(clock.now().toISOString().slice(0, 10));
  const counters = await db.spendCounter.findMany({
    where: {
      OR: keys.map(({ id: spenderId, organizationId, mode }) => ({
        ...{ spenderId, organizationId, mode, day: today },
      })),
    },
    select: { spenderId: true, spentSats: true },
  });
  return new Map(counters.map(({ spenderId, spentSats }) => [spenderId, spentSats]));
}

/**
 * A key's row, for other use cases.
 * @throws NotFound if it does not exist or belongs to another organization.
 */
export async function getKeyRow(tx: Tx, actor: Actor, id: string): Promise<ApiKey> {
  const where = visibleTo(actor);
  const row = isUuid(id) ? await tx.apiKey.findFirst({ where: { AND: [where, { id }] } }) : null;
  if (!row) throw new NotFound('API key', id);
  return row;
}
