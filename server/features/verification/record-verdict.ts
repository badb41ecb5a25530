import type { Answer } from '@/prisma/generated/client';
import type { JudgedOutcome } from '@/server/features/tasks';
import { atInstant, type StandingClock, standingClock } from '@/server/platform/clock';
import { type Tx, transaction } from '@/server/platform/db';
import { isLarge } from '@/server/platform/is-large';
import { isOneOf } from '@/server/platform/sql-lists';
import { together, togetherIn } from '@/server/platform/together';
import type { LabelledFacet } from './consensus/labelled-facets';
import { labelJudged } from './label-answers';
import type { TaskContext } from './load-context';
import {
  type JudgedAnswer,
  recordAnswers,
  recordPaces,
  recordStanding,
  saysOfWorker,
} from './record-answer';
import { recordEvidence } from './record-evidence';
import { type Outcome, type Settled, settleJudgement } from './settle-judgement';

/** What was made of a task's answers. */
interface Judged {
  judged: readonly JudgedAnswer[];
  /** All accepted answers of the task, those that were just judged among them. */
  accepted: readonly Answer[];
  /** What the charts are told of a task that is verified. */
  outcome: JudgedOutcome | undefined;
}

interface JudgementRecord extends Judged {
  task: TaskContext;
  /** What it teaches of those who answered. */
  labelled: readonly LabelledFacet[];
  /** The instant at which it is recorded, where time stands still. */
  at: StandingClock | undefined;
}

/**
 * Records a judgement: the verdicts, what became of each answer, the task's transition, the money
 * and the outbox, in one transaction. The task's status is the fence: zero rows, and all is undone.
 * Judgements of several tasks that come at once share a transaction.
 * @returns the outcome, or null where the task had moved on meanwhile.
 */
export async function recordJudgement(task: TaskContext, judged: Judged): Promise<Outcome | null> {
  const labelled = await labelJudged(task, judged.judged, judged.accepted);
  return recordTogether({ task, ...judged, labelled, at: standingClock() });
}

/** Where it teaches something, workers' records are locked before evidence; such have a transaction of their own. */
function locksEarly({ task, labelled, judged }: JudgementRecord): boolean {
  return labelled.length > 0 || judged.some((each) => saysOfWorker(task, each));
}

const TOGETHER_MAX = 50;
/** The other connections are for what does not wait for a judgement. */
const AT_ONCE_MAX = 4;

const recordTogether = together(
  (records: readonly JudgementRecord[]) => transaction((tx) => recordIn(tx, records)),
  {
    most: TOGETHER_MAX,
    atOnce: AT_ONCE_MAX,
    alone: (each) => locksEarly(each) || each.accepted.some(({ output }) => isLarge(output)),
    // Of two judgements of one task, the second is to see what the first has recorded.
    keyOf: ({ task }) => task.row.id,
  },
);

async function recordIn(tx: Tx, records: readonly JudgementRecord[]): Promise<(Outcome | null)[]> {
  const settled = await sideBySide(records, (record) => settle(tx, record));
  const recorded = records.flatMap((record, n) => {
    const own = settled[n];
    return own?.isRecorded ? [{ ...record, pay: own.pay }] : [];
  });
  // Others wait for the workers' records and for the balances, so these come last, and in that order.
  await sideBySide(recorded, async (record) => {
    if (!locksEarly(record)) await recordPaces(tx, record.task, record.judged);
  });
  await sideBySide(recorded, async ({ pay }) => {
    await pay?.();
  });
  return settled.map(({ result }) => result);
}

/** Does what the judgement of one task comes to; null where the task has moved on. */
async function settle(
  tx: Tx,
  record: JudgementRecord,
): Promise<{ isRecorded: boolean; result: Outcome | null; pay?: Settled['pay'] }> {
  const { task, judged, labelled } = record;
  const locked = await lockJudged(tx, { taskId: task.row.id, judged });
  if (locked.status !== 'submitted') return { isRecorded: false, result: null };
  if (locked.isStale) return { isRecorded: false, result: 'again' };
  // In the order of judgement: the newest verdict is the one that settled the task.
  await recordAnswers(tx, task, judged);
  if (locksEarly(record)) {
    // What is counted for workers is locked in one order, whoever answered first.
    const byWorker = judged.toSorted((a, b) => a.answer.workerId.localeCompare(b.answer.workerId));
    for (const each of byWorker) await recordStanding(tx, task, each);
    await recordPaces(tx, task, judged);
    await recordEvidence(tx, task.scope, labelled, 1, {
      taskId: task.row.id,
      goldId: task.row.goldId,
      source: task.row.goldId ? 'gold' : 'review',
    });
  }
  return { isRecorded: true, ...(await settleJudgement(tx, task, record)) };
}

/**
 * Each at its own instant. What fails lets the others come to their end, since the transaction ends with them.
 */
async function sideBySide<T extends Pick<JudgementRecord, 'at'>, R>(
  records: readonly T[],
  work: (record: T) => Promise<R>,
): Promise<R[]> {
  const ends = await Promise.allSettled(
    records.map((record) => atInstant(record.at, () => work(record))),
  );
  return ends.map((end) => {
    if (end.status === 'rejected') throw end.reason;
    return end.value;
  });
}

interface Locked {
  /** The task's; null where it is gone. */
  status: string | null;
  /** Another judgement has recorded one of these answers since they were read. */
  isStale: boolean;
}

/** Locks tasks in the order of their ids, each with the answers that were judged. */
const lockJudged = togetherIn(
  async (tx, all: readonly { taskId: string; judged: readonly JudgedAnswer[] }[]) => {
    const taskIds = all.map(({ taskId }) => taskId);
    const answerIds = all.flatMap(({ judged }) => judged.map(({ answer }) => answer.id));
    const rows = await tx.$queryRaw<
      { taskId: string; status: string; answerId: string; answerStatus: string }[]
    >`
      SELECT t.id::text AS "taskId", t.status::text AS status, a.id::text AS "answerId",
             a.status::text AS "answerStatus"
        FROM tasks t JOIN answers a ON a.task_id = t.id
       WHERE t.id ${isOneOf(taskIds)} AND a.id ${isOneOf(answerIds)}
       ORDER BY t.id, a.id
         FOR UPDATE OF t, a`;
    const statusOf = new Map(rows.map(({ taskId, status }) => [taskId, status]));
    const answerStatusOf = new Map(rows.map((row) => [row.answerId, row.answerStatus]));
    return all.map(
      ({ taskId, judged }): Locked => ({
        status: statusOf.get(taskId) ?? null,
        isStale: judged.some(({ answer }) => answerStatusOf.get(answer.id) !== answer.status),
      }),
    );
  },
);
