/** Reads what a judgement is told of a task's answers and of those who gave them. */
import type { Answer } from '@/prisma/generated/client';
import { canBeAnswered } from '@/server/features/routing';
import { IS_DISMISSED } from '@/server/features/workers';
import { clock } from '@/server/platform/clock';
import { db, hotQuery, Prisma } from '@/server/platform/db';
import { together } from '@/server/platform/together';
import { guessOf } from './agent-voter';
import { settledCheck } from './check/check-answers';
import { freeTextOf } from './consensus/fields';
import { drawnBy, drawOf } from './draw';
import { countToldToday } from './gold-feedback';
import { type GoldRecord, NO_GOLDS, scoredSince, talliedByAge } from './gold-tally';
import { type LoadedAnswer, type LoadedRound, peerOf } from './judge-in-order';
import { loadTaskEvidence, type TaskContext } from './load-context';
import type { PeerMarks } from './peer-marks';
import { findRecent } from './recent-answers';
import type { Json, StageContext, TextSignature } from './stage';

const HOUR_MS = 3_600_000;

/** An answer that was accepted, and what its stages noted of it. */
export interface AcceptedAnswer extends PeerMarks {
  answer: Answer;
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
    accepted: accepted.map(({ answer, ...marks }) =>
      peerOf({ ...answer, output: answer.output as Json }, marks),
    ),
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
  const [
    recent,
    { lastHour, record, isSimulated, scriptSeat },
    recentTexts,
    goldsTold,
    otherTexts,
  ] = await Promise.all([
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
    qaDraw: drawOf('qa', drawnBy(answer, task.row, { scriptSeat })),
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
  /** The worker's place in a scripted crowd; null of everybody else. */
  scriptSeat: number | null;
}

type PastRow = Omit<Past, 'record'> & { record: GoldRecord | null };
type PastAsked = Pick<Answer, 'workerId' | 'organizationId' | 'type' | 'mode'> & { since: Date };

function findPast({ workerId, organizationId, type, mode }: Answer): Promise<Past> {
  const since = new Date(clock.nowMs() - HOUR_MS);
  return findPasts({ workerId, organizationId, type, mode, since });
}

/** What workers did before, in one statement. */
const findPasts = together(async (asked: readonly PastAsked[]) => {
  const keys = asked.map((each) => JSON.stringify(each));
  const wanted = [...new Set(keys)];
  const rows = await hotQuery<PastRow>(Prisma.sql`
    SELECT (SELECT count(*)::int FROM answers a
             WHERE a.worker_id = q."workerId" AND a.created_at > q.since
               -- A person's hour is one for all who ask; simulated workers serve everybody's tests at once.
               AND (q.mode = 'live' OR a.organization_id = q."organizationId")) AS "lastHour",
           (SELECT json_build_object(
                     'goldCorrect', gold_correct, 'goldTotal', gold_total, 'goldScore', gold_score,
                     'pastCorrect', past_correct, 'pastTotal', past_total, 'pastScore', past_score)
              FROM worker_type_records r
             WHERE r.worker_id = q."workerId" AND r.organization_id = q."organizationId"
               AND r.type = q.type) AS record,
           coalesce(w.simulated, false) AS "isSimulated", w.script_seat AS "scriptSeat"
      FROM ROWS FROM (jsonb_to_recordset(${`[${wanted.join()}]`}::jsonb)
             AS ("workerId" uuid, "organizationId" uuid, type text, mode mode, since timestamptz))
             WITH ORDINALITY AS q
      LEFT JOIN workers w ON w.id = q."workerId"
     ORDER BY q.ordinality`);
  return keys.map((key): Past => {
    const row = rows[wanted.indexOf(key)] as PastRow;
    return { ...row, record: row.record ?? NO_GOLDS };
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
