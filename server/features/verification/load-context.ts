import type { Answer, Task } from '@/prisma/generated/client';
import { canBeAnswered } from '@/server/features/routing';
import { resolveTaskType } from '@/server/features/task-types';
import { IS_DISMISSED } from '@/server/features/workers';
import { clock, onceAnInstant } from '@/server/platform/clock';
import { canonicalJson } from '@/server/platform/crypto';
import { db, hotQuery, Prisma } from '@/server/platform/db';
import { formSchemaOf } from '@/server/platform/json-schema';
import { guessOf } from './agent-voter';
import { settledCheck } from './check/check-answers';
import { facetKeysOf } from './consensus/facets';
import { fieldsOf, freeTextOf } from './consensus/fields';
import { findCrowdFacts } from './crowd-facts';
import { drawnBy, drawOf } from './draw';
import { type EvidenceOf, type EvidenceOwner, type FacetScope, loadEvidenceOf } from './evidence';
import { countToldToday } from './gold-feedback';
import { type GoldRecord, NO_GOLDS, scoredSince, talliedByAge } from './gold-tally';
import { type PolicyOverrides, policyFor } from './policy';
import { findLately } from './recent-answers';
import type {
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
  /** What the type sets otherwise, as the tiers' own numbers are laid under it. */
  overrides: PolicyOverrides;
  /** The task is a gold whose answers are no evidence any more. */
  withdrawn: boolean;
  crowd: Awaited<ReturnType<typeof findCrowdFacts>>;
  /** Whose evidence counts, and of what. */
  scope: FacetScope;
  review: ReviewDecision | undefined;
  /** Each answer is brought before it first; null where the type has none, and for golds. */
  checkUrl: string | null;
  /** Votes beyond the minimum did not come in time: what is in hand must do. */
  votingClosed: boolean;
}

/**
 * Whose evidence counts for a task, and of what.
 * @param schema as forms are made of it.
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

const HOUR_MS = 3_600_000;

/**
 * Reads what the stages need of a task.
 * @param known Its row, where that was just read.
 */
export async function loadTaskContext(taskId: string, known?: Task): Promise<TaskContext> {
  const row = known ?? (await db.task.findUniqueOrThrow({ where: { id: taskId } }));
  const type = await resolveTaskType(row);
  const overrides = (type?.policy ?? {}) as PolicyOverrides;
  const policy = policyFor(row.riskTier, overrides);
  const schema = await formSchemaOf(row.outputSchema as Record<string, unknown>);
  const outputSchema = schema as JsonObject;
  const decided = await db.review.findFirst({
    where: { taskId, blocking: true, status: 'decided', appliedAt: null },
    orderBy: { decidedAt: 'desc' },
  });
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

/** An answer that was accepted, whether one of its stages asked for a reviewer, and whom its worker repeats. */
export interface AcceptedAnswer {
  answer: Answer;
  reviewRequested: boolean;
  repeats: readonly string[];
}

/** What is known of who gave these answers to a task, and of its agent's guesses. */
export function loadTaskEvidence(
  task: TaskContext,
  answers: readonly Pick<Answer, 'workerId'>[],
): Promise<EvidenceOf> {
  const guess = guessOf(task.row);
  const workerIds = answers.map(({ workerId }) => workerId);
  if (guess) workerIds.push(guess.workerId);
  return loadEvidenceOf(task.scope, workerIds, task.crowd.classPriors);
}

/**
 * The context of one answer beside those of the task that were accepted before it.
 * @param known Evidence that was loaded for all of them.
 */
export async function loadAnswerContext(
  task: TaskContext,
  answer: Answer,
  accepted: readonly AcceptedAnswer[],
  known?: EvidenceOf,
): Promise<LoadedContext> {
  const guess = guessOf(task.row);
  const check = settledCheck(answer);
  const voters = [answer, ...accepted.map((each) => each.answer)];
  const workerIds = voters.map(({ workerId }) => workerId);
  if (guess) workerIds.push(guess.workerId);
  const [drawn, worker, otherTexts, evidenceOf, votesRemaining] = await Promise.all([
    findDrawn(task, answer),
    workerFacts(task, answer),
    // A re-vote repeats the question of a task, so texts like its answers' are no copies.
    task.row.appealId ? [] : findTexts(task, { not: answer.workerId }, answer),
    known ?? loadTaskEvidence(task, voters),
    countVotesRemaining(task, accepted.length + 1),
  ]);
  const evidence = evidenceOf(workerIds);
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
      ...(check ? { check } : {}),
    },
    peers: accepted.map(peerOf),
    votesRemaining,
    typeStats: task.crowd.typeStats,
    worker,
    otherTexts,
    poolGold: task.crowd.poolGold,
    evidence,
    ...(guess ? { guess } : {}),
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

function peerOf({ answer, reviewRequested, repeats }: AcceptedAnswer): PeerAnswer {
  return {
    reviewRequested,
    repeats,
    id: answer.id,
    workerId: answer.workerId,
    output: answer.output as Json,
    deviceHash: answer.deviceHash,
    networkHash: answer.networkHash,
  };
}

/**
 * Further answers that may still be bought: none once the time is out, and beyond the minimum only while
 * somebody is there who could give one, so that no task waits for a vote that nobody can give.
 */
async function countVotesRemaining(
  { row, votingClosed }: TaskContext,
  inHand: number,
): Promise<number> {
  const left = Math.max(0, row.maxVotes - inHand);
  if (left === 0 || votingClosed || row.expiresAt <= clock.now()) return 0;
  if (inHand < row.minVotes) return left;
  return (await canBeAnswered(row.id)) ? left : 0;
}

async function workerFacts(task: TaskContext, answer: Answer): Promise<WorkerFacts> {
  const [lately, { lastHour, record }, recentTexts, goldsTold] = await Promise.all([
    findLately(task, answer),
    findPast(answer),
    findTexts(task, { is: answer.workerId }, answer),
    task.row.goldId === null ? 0 : countToldToday(answer),
  ]);
  return {
    gold: talliedByAge(record, task.policy.gold.pastWeight),
    goldSince: scoredSince(record),
    goldsTold,
    recentAnswersPerHour: lastHour,
    recentTexts,
    ...lately,
  };
}

interface Past {
  /** Answers of any type in the last hour. */
  lastHour: number;
  record: GoldRecord;
}

/** What the worker did before an answer, in one statement. */
async function findPast(answer: Answer): Promise<Past> {
  const { workerId, organizationId, type } = answer;
  const since = new Date(clock.nowMs() - HOUR_MS);
  // A person's hour is one for all who ask; simulated workers serve everybody's tests at once.
  const whose =
    answer.mode === 'test'
      ? Prisma.sql`AND organization_id = ${organizationId}::uuid`
      : Prisma.empty;
  const [row] = await hotQuery<Omit<Past, 'record'> & { record: GoldRecord | null }>(Prisma.sql`
    SELECT (SELECT count(*)::int FROM answers
             WHERE worker_id = ${workerId}::uuid AND created_at > ${since} ${whose}) AS "lastHour",
           (SELECT json_build_object(
                     'goldCorrect', gold_correct, 'goldTotal', gold_total, 'goldScore', gold_score,
                     'pastCorrect', past_correct, 'pastTotal', past_total, 'pastScore', past_score)
              FROM worker_type_records
             WHERE worker_id = ${workerId}::uuid AND organization_id = ${organizationId}::uuid
               AND type = ${type}) AS record`);
  return {
    lastHour: row?.lastHour ?? 0,
    record: row?.record ?? NO_GOLDS,
  };
}

/**
 * Texts that the answer's own could be a copy of; none where it has no text. Others' texts on golds and
 * re-votes are left out, since everybody who is given one is asked the same, and so are those of earlier rehearsals.
 */
async function findTexts(
  { facts }: TaskContext,
  whose: { is: string } | { not: string },
  answer: Answer,
): Promise<TextSignature[]> {
  if (freeTextOf(facts.outputSchema, answer.output as Json) === '') return [];
  const { organizationId, mode, type, id } = answer;
  const isTheirs =
    'is' in whose
      ? Prisma.sql`a.worker_id = ${whose.is}::uuid`
      : Prisma.sql`a.worker_id <> ${whose.not}::uuid AND t.reserved_for IS NULL AND NOT ${IS_DISMISSED}`;
  const rows = await db.$queryRaw<{ taskId: string; workerId: string; textSignature: number[] }[]>`
    SELECT a.task_id::text AS "taskId", a.worker_id::text AS "workerId",
           a.text_signature AS "textSignature"
      FROM answers a JOIN tasks t ON t.id = a.task_id JOIN workers w ON w.id = a.worker_id
     WHERE a.organization_id = ${organizationId}::uuid AND a.mode = ${mode}::mode
       AND a.type = ${type} AND a.id <> ${id}::uuid AND cardinality(a.text_signature) > 0
       AND ${isTheirs}
     ORDER BY a.id DESC LIMIT 200`;
  return rows.map((row) => ({
    taskId: row.taskId,
    workerId: row.workerId,
    signature: row.textSignature.map((value) => value >>> 0),
  }));
}
