/** A type's stored votes, as texts that a thread parses. */
import { db } from '@/server/platform/db';
import { formSchemaOf } from '@/server/platform/json-schema';
import type { EvidenceOwner } from '../evidence';
import type { JsonObject, RiskTier } from '../stage';
import type { StoredSchema, StoredTask } from './stored-votes';

const TASKS_MAX = 2_000;
const PAGE = 500;
const ANSWER_BYTES_MAX = 16_384;
const BYTES_MAX = 8_000_000;
const SCHEMAS_MAX = 20;

interface TaskRow {
  id: string;
  riskTier: RiskTier;
  payoutSats: number;
  createdAt: Date;
  schemaHash: string;
  truthText: string | null;
  weight: number | null;
  facets: string[] | null;
  truths: number[] | null;
}

/** Verified tasks with votes, the latest 2,000, by schema; excludes golds. */
export async function loadStoredVotes(owner: EvidenceOwner): Promise<StoredSchema[]> {
  const rows = await findTasks(owner);
  const votes = await findVotes(rows);
  const bySchema = new Map<string, TaskRow[]>();
  for (const row of rows) {
    if (!votes.has(row.id)) continue;
    const group = bySchema.get(row.schemaHash);
    if (group) group.push(row);
    else bySchema.set(row.schemaHash, [row]);
  }
  const groups = [...bySchema.values()].sort((a, b) => b.length - a.length).slice(0, SCHEMAS_MAX);
  const schemas = await findSchemas(groups.flatMap(([first]) => first?.id ?? []));
  return Promise.all(
    groups.map(async (own) => ({
      schema: (await formSchemaOf(schemas.get(own[0]?.id ?? '') ?? {})) as JsonObject,
      tasks: own.map((row) => storedTask(row, votes.get(row.id) ?? [])),
    })),
  );
}

function storedTask(row: TaskRow, votes: StoredTask['votes']): StoredTask {
  const { riskTier, payoutSats, truthText, facets, truths, weight } = row;
  const own = facets && truths && weight !== null ? { facets, truths, weight } : null;
  return { riskTier, payoutSats, truthText, votes, own };
}

/** The truth is known for tasks that a reviewer accepted or corrected. */
function findTasks({ organizationId, mode, type }: EvidenceOwner): Promise<TaskRow[]> {
  return db.$queryRaw<TaskRow[]>`
    SELECT t.id, t.risk_tier AS "riskTier", t.payout_sats::float8 AS "payoutSats",
           t.created_at AS "createdAt", md5(t.output_schema::text) AS "schemaHash",
           CASE WHEN r.id IS NULL THEN NULL ELSE coalesce(r.output, t.output)::text END AS "truthText",
           r.weight, l.facets, l.truths
      FROM tasks t
      LEFT JOIN LATERAL (SELECT r.id, r.output, r.weight FROM reviews r
                          WHERE r.task_id = t.id AND r.status = 'decided'
                            AND r.decision IN ('accept', 'correct')
                          ORDER BY r.decided_at DESC LIMIT 1) r ON true
      LEFT JOIN labelled_tasks l ON l.task_id = t.id
     WHERE t.organization_id = ${organizationId}::uuid AND t.mode = ${mode}::mode
       AND t.type = ${type} AND t.status = 'verified' AND t.reserved_for IS NULL
     ORDER BY t.id DESC LIMIT ${TASKS_MAX}`;
}

async function findVotes(tasks: readonly TaskRow[]): Promise<Map<string, StoredTask['votes']>> {
  const createdAt = new Map(tasks.map(({ id, createdAt: at }) => [id, at.getTime()]));
  const votes = new Map<string, StoredTask['votes']>();
  let bytes = 0;
  for (let from = 0; from < tasks.length && bytes < BYTES_MAX; from += PAGE) {
    const ids = tasks.slice(from, from + PAGE).map(({ id }) => id);
    const rows = await db.$queryRaw<
      { taskId: string; workerId: string; outputText: string; createdAt: Date }[]
    >`
      SELECT task_id AS "taskId", worker_id AS "workerId", output::text AS "outputText",
             created_at AS "createdAt"
        FROM answers
       WHERE task_id = ANY(${ids}::uuid[]) AND status = 'accepted'
         AND octet_length(output::text) <= ${ANSWER_BYTES_MAX}
       ORDER BY id`;
    for (const { taskId, workerId, outputText, createdAt: at } of rows) {
      bytes += outputText.length;
      const seconds = Math.max(0, (at.getTime() - (createdAt.get(taskId) ?? 0)) / 1_000);
      const own = votes.get(taskId);
      if (own) own.push({ workerId, outputText, seconds });
      else votes.set(taskId, [{ workerId, outputText, seconds }]);
    }
  }
  return votes;
}

async function findSchemas(ids: readonly string[]): Promise<Map<string, Record<string, unknown>>> {
  const rows = await db.task.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, outputSchema: true },
  });
  return new Map(rows.map(({ id, outputSchema }) => [id, outputSchema as Record<string, unknown>]));
}
