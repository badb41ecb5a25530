import { findQuizType } from '@/server/features/task-types';
import { IS_DISMISSED } from '@/server/features/workers';
import { clock, onceAnInstant } from '@/server/platform/clock';
import { canonicalJson } from '@/server/platform/crypto';
import { db } from '@/server/platform/db';
import { formSchemaOf } from '@/server/platform/json-schema';
import { remembered } from '@/server/platform/remembered';
import { threadCall, unlessTooCostly } from '@/server/platform/threads';
import { facetKeysOf } from './consensus/facets';
import { fieldsOf } from './consensus/fields';
import { type EvidenceOwner, loadEvidence } from './evidence';
import type { learnType, SampledSchema } from './learn-type';
import type { GoldTally, JsonObject, TypeStats } from './stage';
import { typeStatsOf } from './type-stats';

/** The statistics of one organization's type: its answers and its workers as a whole. */
export interface CrowdFacts {
  typeStats: TypeStats;
  poolGold: GoldTally;
  /** P(label) by facet, if there are golds and enough votes. */
  classPriors: Record<string, number[]>;
  /** Canonical JSON of the built-in type's schema; null if there is none. */
  shippedSchema: string | null;
}

const SAMPLE = 300;
/** Maximum number of schemas of the sample to analyse, the most frequent first. */
const SCHEMAS_MAX = 20;

const learnThere = threadCall<typeof learnType>('verification/learn-type', { limitMs: 5_000 });

/**
 * The statistics of an organization's type, from its latest accepted answers; cached for half a
 * minute. Two organizations with the same type name share nothing. Excludes golds, because their
 * answers were chosen and only right ones are accepted (they count once, as evidence of accuracy),
 * and answers of earlier rehearsals, which say nothing about the current crowd.
 */
export async function findCrowdFacts(owner: EvidenceOwner): Promise<CrowdFacts> {
  const standing = onceAnInstant(`crowd-facts:${keyOf(owner)}`, () => readCrowdFacts(owner));
  if (standing !== null) return standing;
  return recentCrowdFacts(owner);
}

const keyOf = ({ organizationId, mode, type }: EvidenceOwner) =>
  `${organizationId}:${mode}:${type}`;

/** By the caller's clock: a rehearsal must not use statistics of another of its instants. */
const recentCrowdFacts = remembered({
  name: 'verification.crowd-facts',
  read: readCrowdFacts,
  keyOf,
  freshMs: 30_000,
  most: 500,
  nowMs: () => clock.nowMs(),
});

async function readCrowdFacts(owner: EvidenceOwner): Promise<CrowdFacts> {
  const [learnt, poolGold, shipped] = await Promise.all([
    learnFromSample(owner),
    findPoolGold(owner),
    findQuizType(owner.type),
  ]);
  return {
    ...learnt,
    poolGold,
    shippedSchema: shipped ? canonicalJson(shipped.formSchema) : null,
  };
}

async function findPoolGold({ organizationId, mode, type }: EvidenceOwner): Promise<GoldTally> {
  const [gold] = await db.$queryRaw<GoldTally[]>`
    SELECT coalesce(sum(r.gold_correct), 0)::int AS correct,
           coalesce(sum(r.gold_total), 0)::int AS total
      FROM worker_type_records r JOIN workers w ON w.id = r.worker_id
     WHERE r.organization_id = ${organizationId}::uuid AND r.type = ${type}
       AND w.mode = ${mode}::mode`;
  return gold ?? { correct: 0, total: 0 };
}

interface SampleRow {
  /** Null for simulated workers: a script's duration says nothing about how long a task takes. */
  elapsedMs: number | null;
  taskId: string;
  workerId: string;
  outputText: string;
  schemaHash: string;
}

/** Outputs stay unparsed here: a thread parses them. */
async function learnFromSample(
  owner: EvidenceOwner,
): Promise<Pick<CrowdFacts, 'typeStats' | 'classPriors'>> {
  const rows = await db.$queryRaw<SampleRow[]>`
    SELECT CASE WHEN NOT w.simulated THEN a.elapsed_ms END AS "elapsedMs", a.task_id AS "taskId", a.worker_id AS "workerId",
           a.output::text AS "outputText", md5(t.output_schema::text) AS "schemaHash"
      FROM answers a JOIN tasks t ON t.id = a.task_id JOIN workers w ON w.id = a.worker_id
     WHERE a.organization_id = ${owner.organizationId}::uuid AND a.mode = ${owner.mode}::mode
       AND a.type = ${owner.type} AND a.status = 'accepted' AND t.reserved_for IS NULL
       AND NOT ${IS_DISMISSED}
     ORDER BY a.id DESC LIMIT ${SAMPLE}`;
  const bySchema = new Map<string, SampleRow[]>();
  for (const row of rows) {
    const group = bySchema.get(row.schemaHash);
    if (group) group.push(row);
    else bySchema.set(row.schemaHash, [row]);
  }
  const groups = [...bySchema.values()].sort((a, b) => b.length - a.length).slice(0, SCHEMAS_MAX);
  const sample = await withSchemas(groups);
  const facets = sample.flatMap(({ schema }) => facetKeysOf(fieldsOf(schema)));
  const workers = [...new Set(groups.flat().map(({ workerId }) => workerId))];
  const evidence = await loadEvidence(
    { ...owner, facets: [...new Set(facets)], sharesSkills: false },
    workers,
  );
  const { choices, classPriors } = await unlessTooCostly(learnThere(sample, evidence), () => ({
    choices: [],
    classPriors: {},
  }));
  const choicesOfRow = new Map(
    groups.flatMap((group, g) => group.map((row, i) => [row, choices[g]?.[i] ?? []] as const)),
  );
  const answers = rows.map((row) => ({
    elapsedMs: row.elapsedMs,
    taskId: row.taskId,
    choices: choicesOfRow.get(row) ?? [],
  }));
  return { typeStats: typeStatsOf(answers), classPriors };
}

async function withSchemas(groups: readonly SampleRow[][]): Promise<SampledSchema[]> {
  const tasks = await db.task.findMany({
    where: { id: { in: groups.flatMap(([first]) => first?.taskId ?? []) } },
    select: { id: true, outputSchema: true },
  });
  const schemaOf = new Map(tasks.map(({ id, outputSchema }) => [id, outputSchema]));
  return Promise.all(
    groups.map(async (answers) => {
      const schema = schemaOf.get(answers[0]?.taskId ?? '') as Record<string, unknown>;
      return { schema: (await formSchemaOf(schema)) as JsonObject, answers };
    }),
  );
}
