/** Reads what a judgement is told of a task's answers and of those who gave them. */
import type { Answer } from '@/prisma/generated/client';
import { IS_DISMISSED } from '@/server/features/workers';
import { clock } from '@/server/platform/clock';
import { hotQuery, Prisma } from '@/server/platform/db';
import { guessOf } from './agent-voter';
import { isSigned } from './anomaly/min-hash';
import { settledCheck } from './check/check-answers';
import { freeTextOf } from './consensus/fields';
import { drawnBy, drawOf } from './draw';
import { countToldToday } from './gold-feedback';
import { scoredSince, talliedByAge } from './gold-tally';
import { type LoadedAnswer, type LoadedRound, peerOf } from './judge-in-order';
import { loadTaskEvidence, type TaskContext } from './load-context';
import type { PeerMarks } from './peer-marks';
import type { GivenAnswer } from './read-answers';
import { findRecent } from './recent-answers';
import type { Json, StageContext, TextSignature } from './stage';

/** An answer that was accepted, and what its stages noted of it. */
export interface AcceptedAnswer extends PeerMarks {
  answer: GivenAnswer;
}

/** What one judgement is about. */
export interface Round {
  task: TaskContext;
  /** Answers to judge, one after another. */
  pending: readonly GivenAnswer[];
  /** Those that stand beside them. */
  accepted: readonly AcceptedAnswer[];
  /** Somebody is there who could give one more answer. */
  canBeAnswered: boolean;
}

/** What the stages are told of a task's answers. */
export async function loadRound(round: Round): Promise<LoadedRound> {
  const { task, pending, accepted } = round;
  const guess = guessOf(task.row);
  const voters = [...pending, ...accepted.map(({ answer }) => answer)];
  const [evidence, ...loaded] = await Promise.all([
    loadTaskEvidence(task, voters),
    ...pending.map((answer) => loadAnswer(task, answer)),
  ]);
  return {
    task: task.facts,
    votesWanted: task.row.votesWanted,
    pending: loaded,
    accepted: accepted.map(({ answer, ...marks }) =>
      peerOf({ ...answer, output: answer.output as Json }, marks),
    ),
    moreVotes: moreVotesOf(round),
    typeStats: task.crowd.typeStats,
    poolGold: task.crowd.poolGold,
    evidence,
    ...(guess ? { guess } : {}),
    policy: task.policy,
    ...(task.review ? { review: task.review } : {}),
  };
}

async function loadAnswer(task: TaskContext, answer: GivenAnswer): Promise<LoadedAnswer> {
  const check = settledCheck(answer);
  const { lastHour, record, isSimulated, scriptSeat } = answer.past;
  const [recent, texts, goldsTold] = await Promise.all([
    findRecent(answer),
    findTexts(task, answer),
    task.row.goldId === null ? 0 : countToldToday(answer),
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
      recentTexts: texts.own,
    },
    otherTexts: texts.others,
    qaDraw: drawOf('qa', drawnBy(answer, task.row, { scriptSeat })),
  };
}

/**
 * Which further answers may still be bought: none once the time is out, and beyond the minimum only while
 * somebody is there who could give one, so that no task waits for a vote that nobody can give.
 */
function moreVotesOf({ task, pending, accepted, ...round }: Round): LoadedRound['moreVotes'] {
  const { row, votingClosed } = task;
  if (votingClosed || row.expiresAt <= clock.now()) return 'none';
  // Asked of the votes in hand: those before them were bought already.
  const from = Math.max(accepted.length + 1, row.minVotes);
  const isAsked = from <= pending.length + accepted.length && from < row.maxVotes;
  return !isAsked || round.canBeAnswered ? 'all' : 'minimum';
}

/** The worker's own texts and others', the newest first. */
interface Texts {
  own: TextSignature[];
  others: TextSignature[];
}

/** How many of either are compared. */
const TEXTS_MAX = 200;

/**
 * Texts that the answer's own could be a copy of; none where it is too short to tell. Others' texts on golds and
 * re-votes are left out, since everybody who is given one is asked the same, and so are those of earlier
 * rehearsals. A re-vote repeats the question of a task, so texts like its answers' are no copies.
 */
async function findTexts({ facts, row, policy }: TaskContext, answer: Answer): Promise<Texts> {
  const text = freeTextOf(facts.outputSchema, answer.output as Json);
  if (!isSigned(text, policy.anomaly.minTextChars)) return { own: [], others: [] };
  const { organizationId, mode, type, id, workerId } = answer;
  const texts = (whose: Prisma.Sql) => Prisma.sql`
    (SELECT a.task_id::text AS "taskId", a.worker_id::text AS "workerId",
            array_send(a.text_signature) AS signature
       FROM answers a JOIN tasks t ON t.id = a.task_id JOIN workers w ON w.id = a.worker_id
      WHERE a.organization_id = ${organizationId}::uuid AND a.mode = ${mode}::mode
        AND a.type = ${type} AND a.id <> ${id}::uuid AND cardinality(a.text_signature) > 0
        AND a.judged_at < ${clock.now()} AND ${whose}
      ORDER BY a.id DESC LIMIT ${TEXTS_MAX})`;
  const own = texts(Prisma.sql`a.worker_id = ${workerId}::uuid`);
  const others = texts(Prisma.sql`
    a.worker_id <> ${workerId}::uuid AND t.reserved_for IS NULL AND NOT ${IS_DISMISSED}`);
  const rows = await hotQuery<Omit<TextSignature, 'signature'> & { signature: Buffer }>(
    row.appealId ? own : Prisma.sql`${own} UNION ALL ${others}`,
  );
  const all = rows.map((each) => ({ ...each, signature: signatureIn(each.signature) }));
  return {
    own: all.filter((each) => each.workerId === workerId),
    others: all.filter((each) => each.workerId !== workerId),
  };
}

/** Before the elements of an array as Postgres sends it: dimensions, nulls, type, length, first index. */
const ARRAY_HEADER_BYTES = 20;
/** An element's length and its value. */
const ELEMENT_BYTES = 8;

/**
 * Reads a signature out of Postgres's binary form, far faster than out of its text; as unsigned numbers, which Postgres
 * does not have.
 */
function signatureIn(sent: Buffer): number[] {
  const length = (sent.byteLength - ARRAY_HEADER_BYTES) / ELEMENT_BYTES;
  return Array.from({ length }, (_, n) =>
    sent.readUInt32BE(ARRAY_HEADER_BYTES + n * ELEMENT_BYTES + 4),
  );
}
