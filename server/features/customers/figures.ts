import type { Mode } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { satsToNumber } from '@/server/platform/money';
import type { OrganizationLine } from './schema';

const DAY_MS = 86_400_000;

export type Figures = Omit<OrganizationLine, 'id' | 'name' | 'state' | 'createdAt'>;

interface Row {
  id: string;
  available: bigint;
  held: bigint;
  open: number;
  ended: number;
  verified: number;
  lastTaskAt: Date | null;
  lastUsedAt: Date | null;
}

/** Start of the period that figures cover. */
export const figuresSince = () => new Date(clock.nowMs() - 30 * DAY_MS);

/** The figures of these organizations in a mode, each read through its own index. */
export async function figuresOf(ids: readonly string[], mode: Mode): Promise<Map<string, Figures>> {
  const rows = await db.$queryRaw<Row[]>`
    WITH wanted AS (
      SELECT id FROM unnest(${[...ids]}::uuid[]) AS w(id)
    ), open AS (
      SELECT organization_id, count(*)::int AS count FROM tasks
       WHERE status IN ('posted', 'assigned', 'submitted') AND reserved_for IS NULL
         AND mode = ${mode}::mode AND organization_id IN (SELECT id FROM wanted)
       GROUP BY organization_id
    )
    SELECT wanted.id, coalesce(available.balance, 0) AS available, coalesce(held.balance, 0) AS held,
           coalesce(open.count, 0) AS open, outcomes.ended, outcomes.verified,
           newest.created_at AS "lastTaskAt", keys.last_used_at AS "lastUsedAt"
      FROM wanted
      LEFT JOIN accounts available ON available.kind = 'organization_available'
       AND available.owner = wanted.id::text AND available.mode = ${mode}::mode
      LEFT JOIN accounts held ON held.kind = 'organization_held'
       AND held.owner = wanted.id::text AND held.mode = ${mode}::mode
      LEFT JOIN open ON open.organization_id = wanted.id
      CROSS JOIN LATERAL (
        SELECT count(*)::int AS ended,
               (count(*) FILTER (WHERE o.status = 'verified'))::int AS verified
          FROM task_outcomes o
         WHERE o.organization_id = wanted.id AND o.mode = ${mode}::mode
           AND o.created_at >= ${figuresSince()} AND o.status IN ('verified', 'failed', 'expired')
      ) outcomes
      LEFT JOIN LATERAL (
        SELECT t.created_at FROM tasks t
         WHERE t.organization_id = wanted.id AND t.mode = ${mode}::mode
         ORDER BY t.id DESC LIMIT 1
      ) newest ON true
      CROSS JOIN LATERAL (
        SELECT max(k.last_used_at) AS last_used_at FROM api_keys k
         WHERE k.organization_id = wanted.id AND k.mode = ${mode}::mode
      ) keys`;
  return new Map(rows.map((row) => [row.id, figures(row)]));
}

function figures(row: Row): Figures {
  const times = [row.lastTaskAt, row.lastUsedAt].flatMap((at) => at?.getTime() ?? []);
  return {
    availableSats: satsToNumber(row.available),
    heldSats: satsToNumber(row.held),
    openTasks: row.open,
    endedTasks: row.ended,
    verifiedShare: row.ended > 0 ? row.verified / row.ended : null,
    lastActiveAt: times.length > 0 ? new Date(Math.max(...times)) : null,
  };
}

export const NO_FIGURES: Figures = {
  availableSats: 0,
  heldSats: 0,
  openTasks: 0,
  endedTasks: 0,
  verifiedShare: null,
  lastActiveAt: null,
};
