/** Reads what a judgement is told of a task's answers and of those who gave them. */
import type { Answer } from '@/prisma/generated/client';
import { canBeAnswered } from '@/server/features/routing';
import { IS_DISMISSED } from '@/server/features/workers';
import { clock, onceAnInstant } from '@/server/platform/clock';
import { db, hotQuery, Prisma } from '@/server/platform/db';
import { together } from '@/server/platform/together';
import { guessOf } from './agent-voter';
import { settledCheck } from './check/check-answers';
import { freeTextOf } from './consensus/fields';
import { drawnBy, drawOf } from './draw';
import { countToldToday } from './gold-feedback';
import { type GoldRecord, NO_GOLDS, scoredSince, talliedByAge } from './gold-tally';
import type { LoadedAnswer, LoadedRound } from './judge-in-order';
import { loadTaskEvidence, type TaskContext } from './load-context';
import { findRecent } from './recent-answers';
import type { Json, PeerAnswer, StageContext, TextSignature } from './stage';

const HOUR_MS = 3_600_000;

/** An answer that was accepted, whether one of its stages asked for a reviewer, and whom its worker repeats. */
export interface AcceptedAnswer {
  answer: Answer;
  reviewRequested: boolean;
  repeats: readonly string[];
}

/** What one judgement is about. */
export interface Round {
  task: TaskContext;
  /** Answers to judge, one after another. */
  pending: readonly Answer[];
  /** Those that stand beside them. */
  accepted: readonly AcceptedAnswer[];
}

/** What the stages are told of a task's answers. */
export async function loadRound({ task, pending, accepted }: Round): Promise<LoadedRound> {
  const guess = guessOf(task.row);
  const voters = [...pending, ...accepted.map(({ answer }) => answer)];
  const [evidence, moreVotes, ...loaded] = await Promise.all([
    loadTaskEvidence(task, voters),
    findMoreVotes(task, { least: accepted.length + 1, most: voters.length }),
    ...pending.map((answer) => loadAnswer(task, answer)),
  ]);
  return {
    task: task.facts,
    votesWanted: task.row.votesWanted,
    pending: loaded,
    accepted: accepted.map(peerOf),
    moreVotes,
    typeStats: task.crowd.typeStats,
    poolGold: task.crowd.poolGold,
    evidence,
    ...(guess ? { guess } : {}),
    policy: task.policy,
    ...(task.review ? { review: task.review } : {}),
  };
}

async function loadAnswer(task: TaskContext, answer: Answer): Promise<LoadedAnswer> {
  const check = settledCheck(answer);
  const [drawn, recent, { lastHour, record, isSimulated }, recentTexts, goldsTold, otherTexts] =
    await Promise.all([
      findDrawn(task, answer),
      findRecent(answer),
      findPast(answer),
      findTexts(task, { is: answer.workerId }, answer),
      task.row.goldId === null ? 0 : countToldToday(answer),
      // A re-vote repeats the question of a task, so texts like its answers' are no copies.
      task.row.appealId ? [] : findTexts(task, { not: answer.workerId }, answer),
    ]);
  return {
    answer: {
      id: answer.id,
      workerId: answer.workerId,
      output: answer.output as Json,
      elapsedMs: answer.elapsedMs,
      ...(isSimulated ? { isSimulated } : {}),
      telemetry: answer.telemetry as StageContext['answer']['telemetry'],
      deviceHash: answer.deviceHash,
      networkHash: answer.networkHash,
      ...(check ? { check } : {}),
    },
    recent,
    worker: {
      gold: talliedByAge(record, task.policy.gold.pastWeight),
      goldSince: scoredSince(record),
      goldsTold,
      recentAnswersPerHour: lastHour,
      recentTexts,
    },
    otherTexts,
    qaDraw: drawOf('qa', drawn),
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
 * Which further answers may still be bought: none once the time is out, and beyond the minimum only while
 * somebody is there who could give one, so that no task waits for a vote that nobody can give.
 * @param inHand Of how many answers that may be asked.
 */
async function findMoreVotes(
  { row, votingClosed }: TaskContext,
  inHand: { least: number; most: number },
): Promise<LoadedRound['moreVotes']> {
  if (votingClosed || row.expiresAt <= clock.now()) return 'none';
  const from = Math.max(inHand.least, row.minVotes);
  const isAsked = from <= inHand.most && from < row.maxVotes;
  return !isAsked || (await canBeAnswered(row.id)) ? 'all' : 'minimum';
}

interface Past {
  /** Answers of any type in the last hour. */
  lastHour: number;
  record: GoldRecord;
  isSimulated: boolean;
}

type PastAsked = Pick<Answer, 'workerId' | 'organizationId' | 'type' | 'mode'> & { since: Date };

function findPast({ workerId, organizationId, type, mode }: Answer): Promise<Past> {
  const since = new Date(clock.nowMs() - HOUR_MS);
  return findPasts({ workerId, organizationId, type, mode, since });
}

/** What workers did before, in one statement. */
const findPasts = together(async (asked: readonly PastAsked[]) => {
  const keys = asked.map((each) => JSON.stringify(each));
  const wanted = [...new Set(keys)];
  const rows = await hotQuery<{
    hour: number;
    record: GoldRecord | null;
    simulated: boolean;
  }>(Prisma.sql`
    SELECT (SELECT count(*)::int FROM answers a
             WHERE a.worker_id = q."workerId" AND a.created_at > q.since
               -- A person's hour is one for all who ask; simulated workers serve everybody's tests at once.
               AND (q.mode = 'live' OR a.organization_id = q."organizationId")) AS hour,
           (SELECT json_build_object(
                     'goldCorrect', gold_correct, 'goldTotal', gold_total, 'goldScore', gold_score,
                     'pastCorrect', past_correct, 'pastTotal', past_total, 'pastScore', past_score)
              FROM worker_type_records r
             WHERE r.worker_id = q."workerId" AND r.organization_id = q."organizationId"
               AND r.type = q.type) AS record,
           (SELECT simulated FROM workers w WHERE w.id = q."workerId") AS simulated
      FROM ROWS FROM (jsonb_to_recordset(${`[${wanted.join()}]`}::jsonb)
             AS ("workerId" uuid, "organizationId" uuid, type text, mode mode, since timestamptz))
             WITH ORDINALITY AS q
     ORDER BY q.ordinality`);
  return keys.map((key): Past => {
    const { hour = 0, record, simulated = false } = rows[wanted.indexOf(key)] ?? {};
    return { lastHour: hour, record: record ?? NO_GOLDS, isSimulated: simulated };
  });
});

/**
 * Texts that the answer's own could be a copy of; none where it has no text. Others' texts on golds and
 * re-votes are left out, since everybody who is given one is asked the same, and so are those of earlier
 * rehearsals.
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
       AND a.judged_at < ${clock.now()} AND ${isTheirs}
     ORDER BY a.id DESC LIMIT 200`;
  return rows.map((row) => ({
    taskId: row.taskId,
    workerId: row.workerId,
    signature: row.textSignature.map((value) => value >>> 0),
  }));
}
