import type { TaskType as TaskTypeRow } from '@/prisma/generated/client';
import type { Mode } from '@/server/platform/actor';
import { wallClock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { LruCache } from '@/server/platform/lru-cache';
import { processWide } from '@/server/platform/process-wide';
import { together } from '@/server/platform/together';
import type { Pool, Redundancy, RiskTier, Rule } from './schema';

/** What a saved type supplies where a task leaves it out; null where the type does not say either. */
export interface TaskTypeDefaults {
  type: string;
  title: string;
  instructions: string;
  outputSchema: Record<string, unknown> | null;
  /** How a payload's fields are shown; see `PayloadUi`. */
  payloadUi: Record<string, unknown>;
  rules: Rule[];
  redundancy: Redundancy;
  /** Overrides of the verification policy. */
  policy: object;
  goldRate: number | null;
  payoutSats: bigint | null;
  slaSeconds: number | null;
  riskTier: RiskTier | null;
  skillsRequired: string[];
  pool: Pool;
  /** The URL that judges each answer; null for none. */
  checkUrl: string | null;
  agentVotes: boolean;
  version: number;
  /** It came with the product; the organization has saved nothing. */
  isShipped: boolean;
}

export interface TaskTypeName {
  organizationId: string;
  mode: Mode;
  type: string;
}

/** How long a change made elsewhere can go unnoticed here. */
const FRESH_MS_MAX = 5_000;
const TYPES_MAX = 5_000;

interface Resolved {
  defaults: TaskTypeDefaults | null;
  readAtMs: number;
}

/** Types read lately. Unknown ones are remembered too, since any type may be asked for. */
class ResolvedTypes {
  readonly cache = new LruCache<Resolved>(TYPES_MAX);
  /** Grows with every change made here; a read begun before one is not kept after it. */
  changes = 0;
}

function resolvedTypes(): ResolvedTypes {
  return processWide('task-types.resolved', () => new ResolvedTypes());
}

function cacheKey({ organizationId, mode, type }: TaskTypeName): string {
  return `${organizationId} ${mode} ${type}`;
}

/**
 * What is saved for a type: the organization's own first, then what ships with the product; null
 * where nothing is. At most five seconds behind a change made in another process.
 */
export async function resolveTaskType(name: TaskTypeName): Promise<TaskTypeDefaults | null> {
  const known = resolvedTypes();
  const key = cacheKey(name);
  const found = known.cache.get(key);
  const ageMs = found ? wallClock.nowMs() - found.readAtMs : Number.NaN;
  if (found && ageMs >= 0 && ageMs < FRESH_MS_MAX) return found.defaults;
  const { changes } = known;
  const readAtMs = wallClock.nowMs();
  const rows = await findRows(name);
  const row = rows.find((each) => each.organizationId !== null) ?? rows[0];
  const defaults = row ? defaultsOf(row) : null;
  if (changes === known.changes) known.cache.set(key, { defaults, readAtMs });
  return defaults;
}

/** What is saved for types, each organization's own and what ships; many may ask for one as it grows old. */
const findRows = together(
  async (names: readonly TaskTypeName[]): Promise<TaskTypeRow[][]> => {
    const types = [...new Set(names.map(({ type }) => type))];
    const owners = [...new Set(names.map(({ organizationId }) => organizationId))];
    const rows = await db.taskType.findMany({
      where: {
        type: { in: types },
        OR: [{ organizationId: { in: owners } }, { organizationId: null }],
      },
    });
    return names.map(({ organizationId, mode, type }) =>
      rows.filter(
        (row) =>
          row.type === type &&
          (row.organizationId === null ||
            (row.organizationId === organizationId && row.mode === mode)),
      ),
    );
  },
  { atOnce: 2 },
);

/** To be called after a change was committed: from then on this process reads the type anew. */
export function forgetTaskType(name: TaskTypeName): void {
  const known = resolvedTypes();
  known.changes++;
  known.cache.delete(cacheKey(name));
}

function defaultsOf(row: TaskTypeRow): TaskTypeDefaults {
  return {
    type: row.type,
    title: row.title,
    instructions: row.instructions,
    outputSchema: row.outputSchema as Record<string, unknown> | null,
    payloadUi: row.payloadUi as Record<string, unknown>,
    rules: row.rules as unknown as Rule[],
    redundancy: row.redundancy as Redundancy,
    policy: row.policy as object,
    goldRate: row.goldRate,
    payoutSats: row.payoutSats,
    slaSeconds: row.slaSeconds,
    riskTier: row.riskTier,
    skillsRequired: row.skillsRequired,
    pool: row.pool,
    checkUrl: row.checkUrl,
    agentVotes: row.agentVotes,
    version: row.version,
    isShipped: row.organizationId === null,
  };
}
