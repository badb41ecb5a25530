import type { Answer, Task } from '@/prisma/generated/client';
import { resolveTaskType } from '@/server/features/task-types';
import { canonicalJson } from '@/server/platform/crypto';
import { db } from '@/server/platform/db';
import { formSchemaOf } from '@/server/platform/json-schema';
import { together } from '@/server/platform/together';
import { guessOf } from './agent-voter';
import type { Evidence } from './consensus/evidence-facts';
import { facetKeysOf } from './consensus/facets';
import { fieldsOf } from './consensus/fields';
import { findCrowdFacts } from './crowd-facts';
import { type EvidenceOwner, type FacetScope, loadEvidence } from './evidence';
import { type PolicyOverrides, policyFor } from './policy';
import type { Json, JsonObject, ReviewDecision, Rule, StageContext, TaskFacts } from './stage';

/** Data shared by all answers of one task, read once per judgement. */
export interface TaskContext {
  row: Task;
  facts: TaskFacts;
  policy: StageContext['policy'];
  /** The type's overrides, applied over the tier's settings. */
  overrides: PolicyOverrides;
  /** The task is a gold whose answers are no longer evidence. */
  withdrawn: boolean;
  crowd: Awaited<ReturnType<typeof findCrowdFacts>>;
  /** The scope of evidence for the task. */
  scope: FacetScope;
  review: ReviewDecision | undefined;
  /** Called with each answer first; null if the type has none, and for golds. */
  checkUrl: string | null;
  /** Votes beyond the minimum did not come in time: the existing ones must suffice. */
  votingClosed: boolean;
}

/**
 * The scope of evidence for a task.
 * @param schema normalised, as used by forms.
 */
export function facetScopeOf(
  task: EvidenceOwner & { poolOrganizationId: string | null },
  schema: JsonObject,
  { shippedSchema }: Pick<TaskContext['crowd'], 'shippedSchema'>,
): FacetScope {
  const { organizationId, mode, type, poolOrganizationId } = task;
  return {
    organizationId,
    mode,
    type,
    facets: facetKeysOf(fieldsOf(schema)),
    sharesSkills:
      poolOrganizationId === null &&
      shippedSchema !== null &&
      shippedSchema === canonicalJson(schema),
  };
}

/**
 * Reads the task data that the stages need.
 * @param known Data just read: the task's row, and whether a reviewer's decision is not yet judged.
 */
export async function loadTaskContext(
  taskId: string,
  known?: { row: Task; isDecided: boolean },
): Promise<TaskContext> {
  const row = known?.row ?? (await db.task.findUniqueOrThrow({ where: { id: taskId } }));
  const [type, decided] = await Promise.all([
    resolveTaskType(row),
    known?.isDecided === false ? null : findDecided(taskId),
  ]);
  const overrides = (type?.policy ?? {}) as PolicyOverrides;
  const policy = policyFor(row.riskTier, overrides);
  const schema = await formSchemaOf(row.outputSchema as Record<string, unknown>);
  const outputSchema = schema as JsonObject;
  const settled = decided?.decision === 'correct' ? decided.output : decided?.proposed;
  const crowd = await findCrowdFacts(row);
  const gold = row.goldId ? await db.gold.findUniqueOrThrow({ where: { id: row.goldId } }) : null;
  return {
    row,
    policy,
    overrides,
    withdrawn: gold?.withdrawn ?? false,
    crowd,
    scope: facetScopeOf(row, outputSchema, crowd),
    checkUrl: gold ? null : (type?.checkUrl ?? null),
    votingClosed: false,
    review: decided
      ? {
          decision: decided.decision as ReviewDecision['decision'],
          ...(settled === null ? {} : { output: settled as Json }),
          ...(decided.note ? { note: decided.note } : {}),
        }
      : undefined,
    facts: {
      id: row.id,
      type: row.type,
      mode: row.mode,
      riskTier: row.riskTier,
      payload: row.payload as JsonObject,
      outputSchema,
      redundancy: {
        minVotes: row.minVotes,
        maxVotes: row.maxVotes,
        targetConfidence: row.targetConfidence,
        voteValue: row.voteValue,
        onLowConfidence: row.onLowConfidence,
      },
      rules: (type?.rules ?? []) as unknown as Rule[],
      pool: row.poolOrganizationId ? 'organization' : 'public',
      agentVotes: type?.agentVotes ?? false,
      ...(row.appealId ? { reVote: true as const } : {}),
      ...(gold
        ? { goldExpected: gold.expectedOutput as Json, goldExplanation: gold.explanation }
        : {}),
    },
  };
}

/** The latest reviewer's decision on a task that no judgement has used yet. */
const findDecided = together(async (taskIds: readonly string[]) => {
  const reviews = await db.review.findMany({
    where: { taskId: { in: [...taskIds] }, blocking: true, status: 'decided', appliedAt: null },
    orderBy: { decidedAt: 'desc' },
  });
  return taskIds.map((id) => reviews.find(({ taskId }) => taskId === id) ?? null);
});

/** The evidence about a task's workers, and about its agent's guesses. */
export function loadTaskEvidence(
  task: TaskContext,
  answers: readonly Pick<Answer, 'workerId'>[],
): Promise<Evidence> {
  const guess = guessOf(task.row);
  const workerIds = answers.map(({ workerId }) => workerId);
  if (guess) workerIds.push(guess.workerId);
  return loadEvidence(task.scope, workerIds, task.crowd.classPriors);
}
