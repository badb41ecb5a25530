import type { TaskType as TaskTypeRow } from '@/prisma/generated/client';
import type { Mode } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { remembered } from '@/server/platform/remembered';
import { together } from '@/server/platform/together';
import type { Pool, Redundancy, RiskTier, Rule } from './schema';

/** A saved type's defaults for tasks; null for unset fields. */
export interface TaskTypeDefaults {
  type: string;
  title: string;
  instructions: string;
  outputSchema: Record<string, unknown> | null;
  /** How a payload's fields are displayed; see `PayloadUi`. */
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
  /** The URL that judges each answer, or null. */
  checkUrl: string | null;
  agentVotes: boolean;
  version: number;
  /** Whether it is the built-in type, not replaced by the organization. */
  isShipped: boolean;
}

export interface TaskTypeName {
  organizationId: string;
  mode: Mode;
  type: string;
}

/**
 * The type's defaults: the organization's own, else the built-in ones, else null. Cached for at
 * most five seconds.
 */
export const resolveTaskType = remembered({
  name: 'task-types.resolved',
  read: async (name: TaskTypeName): Promise<TaskTypeDefaults | null> => {
    const rows = await findRows(name);
    const row = rows.find((each) => each.organizationId !== null) ?? rows[0];
    return row ? defaultsOf(row) : null;
  },
  keyOf: ({ organizationId, mode, type }) => `${organizationId} ${mode} ${type}`,
  freshMs: 5_000,
  most: 5_000,
});

/**
 * Batches look-ups of types, because many callers refresh the same one when its cache entry
 * expires.
 */
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
