import type { Task } from '@/prisma/generated/client';
import { db } from '@/server/platform/db';
import { noteJudgement } from '@/server/platform/metrics';
import { kickOutbox } from '@/server/platform/outbox';
import { whereTimePasses } from '@/server/platform/test-clock';
import { together } from '@/server/platform/together';
import { checkAnswers, checkUrlOf, settledCheck } from './check/check-answers';
import { findAgreement } from './find-agreement';
import { judgeInThread } from './judge-in-thread';
import { loadTaskContext, type TaskContext } from './load-context';
import { type AcceptedAnswer, loadRound, type Round } from './load-round';
import { marksOf } from './peer-marks';
import { findAnswers, type GivenAnswer, READ_AT_ONCE } from './read-answers';
import type { JudgedAnswer } from './record-answer';
import { recordJudgement } from './record-verdict';
import type { Outcome } from './settle-judgement';
import type { Verdict } from './stage';

/** How often a judgement starts over because answers came in while it was being made. */
const ROUNDS_MAX = 10;

/**
 * Judges a submitted task: every pending answer goes through the six stages beside those accepted
 * before it; then the outcome is recorded in one transaction. Called by the job and by the sweep;
 * a task that is not waiting for judgement is left alone.
 * @returns what was recorded, `checking` where the type's check URL has not spoken yet and is to be asked
 * again, or null where somebody else had judged it.
 */
export async function judgeTask(taskId: string): Promise<Outcome | 'checking' | null> {
  const submitted = await findSubmitted(taskId);
  if (!submitted) return null;
  const checked = await checkAnswers(submitted);
  if (checked === 'waiting') return 'checking';
  const row = checked === null ? submitted : await findSubmitted(taskId);
  const outcome = row && (await judgeRounds(row));
  if (outcome) kickOutbox();
  return outcome;
}

/**
 * Judges what has just been submitted, in the process that took the last answer and without the job engine. Left to
 * the job: tasks whose type has a check URL, which may keep them waiting, and those whose test clock stands.
 */
export async function judgeTasks(taskIds: readonly string[]): Promise<void> {
  const rows = await db.task.findMany({
    where: { id: { in: [...taskIds] }, status: 'submitted', ...(await whereTimePasses()) },
  });
  const judged = await Promise.allSettled(
    rows.map(async (row) => ((await checkUrlOf(row)) ? null : judgeRounds(row))),
  );
  const failed = judged.find((each) => each.status === 'rejected');
  if (failed) throw failed.reason;
}

async function judgeRounds(submitted: Task): Promise<Outcome | null> {
  let row: Task | null = submitted;
  let outcome: Outcome | null = null;
  for (let round = 0; row !== null && round < ROUNDS_MAX; round++) {
    const beganMs = performance.now();
    outcome = await judgeOnce(row);
    noteJudgement(outcome ?? 'nothing', beganMs);
    if (outcome !== 'again') break;
    row = await findSubmitted(row.id);
  }
  return outcome;
}

/** Tasks by their ids; null where one is not waiting for judgement. */
const findSubmitted = together(async (taskIds: readonly string[]) => {
  const rows = await db.task.findMany({ where: { id: { in: [...taskIds] }, status: 'submitted' } });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return taskIds.map((id) => byId.get(id) ?? null);
}, READ_AT_ONCE);

async function judgeOnce(row: Task): Promise<Outcome | null> {
  const round = await readRound(row);
  if (!round) return null;
  const { task, pending, accepted } = round;
  const loaded = await loadRound(round);
  const { judgements, outcome } = await judgeInThread(loaded, task.row.outputSchema as object);
  const judged = pending.flatMap((answer, n): JudgedAnswer[] => {
    const judgement = judgements[n];
    return judgement ? [{ answer, judgement }] : [];
  });
  const taken = judged.filter(({ judgement }) => judgement.outcome !== 'reject');
  return recordJudgement(task, {
    judged,
    accepted: [...accepted, ...taken].map(({ answer }) => answer),
    outcome,
  });
}

/** Reads what is to be judged of a submitted task; null where nothing is, yet. */
async function readRound(row: Task): Promise<Round | null> {
  const taskId = row.id;
  const { answers, isDecided, canBeAnswered } = await findAnswers(taskId);
  const task = await loadTaskContext(taskId, { row, isDecided });
  const accepted = await findAccepted(answers);
  if (task.review && accepted.length > 0) {
    // A reviewer has decided on the accepted answers; one that came meanwhile waits its turn.
    const pending = await findDecidedOn(task, accepted);
    return {
      task,
      pending,
      accepted: accepted.filter(({ answer }) => !pending.includes(answer)),
      canBeAnswered,
    };
  }
  const unreviewed = { ...task, review: undefined };
  // An answer beyond what the hold pays for waits: it is judged if one before it falls away, and is
  // superseded when the task ends. Backups can be that late.
  const given =
    accepted.length < task.row.maxVotes ? answers.filter(({ status }) => status === 'pending') : [];
  // One that came since the check URL was asked has its own turn.
  const pending = task.checkUrl ? given.filter(settledCheck) : given;
  if (pending.length > 0) return { task: unreviewed, pending, accepted, canBeAnswered };
  // No more votes are waited for: the newest accepted answer is judged again.
  const newest = accepted.at(-1);
  if (!newest || given.length > 0 || (await isBeforeReviewer(taskId))) return null;
  return {
    task: { ...unreviewed, votingClosed: true },
    pending: [newest.answer],
    accepted: accepted.slice(0, -1),
    canBeAnswered,
  };
}

async function findAccepted(answers: readonly GivenAnswer[]): Promise<AcceptedAnswer[]> {
  const accepted = answers.filter(({ status }) => status === 'accepted');
  if (accepted.length === 0) return [];
  const verdicts = await db.verdict.findMany({
    where: {
      answerId: { in: accepted.map(({ id }) => id) },
      OR: [{ stage: 'anomaly' }, { verdict: 'need_review' }],
    },
    select: { answerId: true, stage: true, verdict: true, details: true },
  });
  return accepted.map((answer) => {
    const own = verdicts.filter(({ answerId }) => answerId === answer.id);
    return { answer, ...marksOf(own as readonly Pick<Verdict, 'stage' | 'verdict' | 'details'>[]) };
  });
}

async function isBeforeReviewer(taskId: string): Promise<boolean> {
  const open = await db.review.count({ where: { taskId, blocking: true, status: 'open' } });
  return open > 0;
}

/**
 * The accepted answers that a reviewer's decision is about: the newest stands for all where an output is to
 * be given, and all that said what was rejected, or made it up together.
 */
async function findDecidedOn(
  { row, review }: TaskContext,
  accepted: readonly AcceptedAnswer[],
): Promise<GivenAnswer[]> {
  const answers = accepted.map(({ answer }) => answer);
  if (review?.decision !== 'reject') return answers.slice(-1);
  const agreeing = await findAgreement(row.outputSchema as object, review.output ?? null, answers);
  const rejected = answers.filter(({ id }) => agreeing.has(id));
  return rejected.length > 0 ? rejected : answers;
}
