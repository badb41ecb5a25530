import type { Answer, Task } from '@/prisma/generated/client';
import { resolveTaskType } from '@/server/features/task-types';
import { clock, onceAnInstant } from '@/server/platform/clock';
import { canonicalJson } from '@/server/platform/crypto';
import { db } from '@/server/platform/db';
import { formSchemaOf } from '@/server/platform/json-schema';
import { facetKeysOf } from './consensus/facets';
import { fieldsOf, labelOf } from './consensus/fields';
import { findCrowdFacts } from './crowd-facts';
import { drawnBy, drawOf } from './draw';
import { type FacetScope, loadEvidence } from './evidence';
import { type PolicyOverrides, policyFor } from './policy';
import type {
  GoldTally,
  Json,
  JsonObject,
  LoadedContext,
  PeerAnswer,
  ReviewDecision,
  Rule,
  StageContext,
  TaskFacts,
  TextSignature,
  WorkerFacts,
} from './stage';

/** What all answers of one task have in common, read once for a judgement. */
export interface TaskContext {
  row: Task;
  facts: TaskFacts;
  policy: StageContext['policy'];
  crowd: Awaited<ReturnType<typeof findCrowdFacts>>;
  /** Whose evidence counts, and of what. */
  scope: FacetScope;
  review: ReviewDecision | undefined;
}

const HOUR_MS = 3_600_000;
const RECENT_ANSWERS = 50;

/** Reads what the stages need of a task. */
export async function loadTaskContext(taskId: string): Promise<TaskContext> {
  const row = await db.task.findUniqueOrThrow({ where: { id: taskId } });
  const type = await resolveTaskType(row);
  const policy = policyFor(row.riskTier, (type?.policy ?? {}) as PolicyOverrides);
  const schema = await formSchemaOf(row.outputSchema as Record<string, unknown>);
  const outputSchema = schema as JsonObject;
  const decided = await db.review.findFirst({
    where: { taskId, blocking: true, status: 'decided' },
    orderBy: { decidedAt: 'desc' },
  });
  const crowd = await findCrowdFacts(row);
  const gold = row.goldId ? await db.gold.findUniqueOrThrow({ where: { id: row.goldId } }) : null;
  return {
    row,
    policy,
    crowd,
    scope: {
      organizationId: row.organizationId,
      mode: row.mode,
      type: row.type,
      facets: facetKeysOf(fieldsOf(outputSchema)),
      sharesSkills:
        row.poolOrganizationId === null &&
        crowd.shippedSchema !== null &&
        crowd.shippedSchema === canonicalJson(schema),
    },
    review: decided
      ? {
          decision: decided.decision as ReviewDecision['decision'],
          ...(decided.output === null ? {} : { output: decided.output as Json }),
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
      ...(gold
        ? { goldExpected: gold.expectedOutput as Json, goldExplanation: gold.explanation }
        : {}),
    },
  };
}

/** An answer that was accepted, and whether one of its stages asked for a reviewer. */
export interface AcceptedAnswer {
  answer: Answer;
  reviewRequested: boolean;
}

/** The context of one answer beside those of the task that were accepted before it. */
export async function loadAnswerContext(
  task: TaskContext,
  answer: Answer,
  accepted: readonly AcceptedAnswer[],
): Promise<LoadedContext> {
  const voters = [answer, ...accepted.map((each) => each.answer)].map((each) => each.workerId);
  const [drawn, worker, otherTexts, evidence] = await Promise.all([
    findDrawn(task, answer),
    workerFacts(task, answer),
    findTexts({ not: answer.workerId }, answer),
    loadEvidence(task.scope, voters, task.crowd.classPriors),
  ]);
  return {
    task: task.facts,
    answer: {
      id: answer.id,
      workerId: answer.workerId,
      output: answer.output as Json,
      elapsedMs: answer.elapsedMs,
      telemetry: answer.telemetry as StageContext['answer']['telemetry'],
      deviceHash: answer.deviceHash,
      networkHash: answer.networkHash,
    },
    peers: accepted.map(peerOf),
    votesRemaining: votesRemaining(task.row, accepted.length),
    typeStats: task.crowd.typeStats,
    worker,
    otherTexts,
    poolGold: task.crowd.poolGold,
    evidence,
    qaDraw: drawOf('qa', drawn),
    policy: task.policy,
    ...(task.review ? { review: task.review } : {}),
  };
}

/** What chances that concern the answer are drawn by. */
async function findDrawn({ row }: TaskContext, answer: Answer): Promise<string> {
  if (row.crowdSeats === null) return answer.id;
  const { workerId } = answer;
  const read = () =>
    db.worker.findUniqueOrThrow({ where: { id: workerId }, select: { scriptSeat: true } });
  const worker = await (onceAnInstant(`script-seat:${workerId}`, read) ?? read());
  return drawnBy(answer, row, worker);
}

function peerOf({ answer, reviewRequested }: AcceptedAnswer): PeerAnswer {
  return {
    reviewRequested,
    id: answer.id,
    workerId: answer.workerId,
    output: answer.output as Json,
    deviceHash: answer.deviceHash,
    networkHash: answer.networkHash,
  };
}

/** Further answers that may still be bought: none once the time is out. */
function votesRemaining(task: Task, accepted: number): number {
  const left = task.maxVotes - accepted - 1;
  return task.expiresAt <= clock.now() ? 0 : Math.max(0, left);
}

async function workerFacts(task: TaskContext, answer: Answer): Promise<WorkerFacts> {
  const recent = await db.answer.findMany({
    where: {
      workerId: answer.workerId,
      type: answer.type,
      organizationId: task.row.organizationId,
      id: { lt: answer.id },
      status: { not: 'rejected' },
    },
    orderBy: { id: 'desc' },
    take: RECENT_ANSWERS,
    select: { output: true },
  });
  const lastHour = await db.answer.count({
    where: {
      workerId: answer.workerId,
      createdAt: { gt: new Date(clock.nowMs() - HOUR_MS) },
    },
  });
  const recentTexts = await findTexts({ is: answer.workerId }, answer);
  return {
    gold: await goldOf(answer),
    recentLabels: recent.flatMap(({ output }) => {
      const label = labelOf(task.facts.outputSchema, output as Json);
      return label === null ? [] : [label];
    }),
    recentAnswersPerHour: lastHour,
    recentTexts,
    labelMix: null,
  };
}

/** Others' texts on golds are left out: everybody who is given a gold is asked the same. */
async function findTexts(
  whose: { is: string } | { not: string },
  answer: Answer,
): Promise<TextSignature[]> {
  const rows = await db.answer.findMany({
    where: {
      organizationId: answer.organizationId,
      mode: answer.mode,
      type: answer.type,
      ...('is' in whose
        ? { workerId: whose.is }
        : { workerId: { not: whose.not }, task: { goldId: null } }),
      id: { not: answer.id },
      textSignature: { isEmpty: false },
    },
    orderBy: { id: 'desc' },
    take: 200,
    select: { taskId: true, workerId: true, textSignature: true },
  });
  return rows.map((row) => ({
    taskId: row.taskId,
    workerId: row.workerId,
    signature: row.textSignature.map((value) => value >>> 0),
  }));
}

async function goldOf({ workerId, organizationId, type }: Answer): Promise<GoldTally> {
  const record = await db.workerTypeRecord.findUnique({
    where: { workerId_organizationId_type: { workerId, organizationId, type } },
  });
  return { correct: record?.goldCorrect ?? 0, total: record?.goldTotal ?? 0 };
}
