import type { Answer } from '@/prisma/generated/client';
import { db } from '@/server/platform/db';
import { kickOutbox } from '@/server/platform/outbox';
import { checkAnswers, settledCheck } from './check/check-answers';
import { judgeInThread } from './judge-in-thread';
import {
  type AcceptedAnswer,
  loadAnswerContext,
  loadTaskContext,
  type TaskContext,
} from './load-context';
import { findAgreement } from './outcome';
import { type JudgedAnswer, type Outcome, recordJudgement } from './record-verdict';
import { repeatedBy } from './repeated-by';
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
  if (await checkAnswers(taskId)) return 'checking';
  let outcome: Outcome | null = null;
  for (let round = 0; round < ROUNDS_MAX; round++) {
    outcome = await judgeOnce(taskId);
    if (outcome !== 'again') break;
  }
  if (outcome) kickOutbox();
  return outcome;
}

/** What one judgement is about. */
interface Round {
  task: TaskContext;
  /** Answers to judge, one after another. */
  pending: readonly Answer[];
  /** Those that stand beside them. */
  accepted: AcceptedAnswer[];
}

async function judgeOnce(taskId: string): Promise<Outcome | null> {
  const round = await readRound(taskId);
  if (!round) return null;
  const { task, pending, accepted } = round;
  const { maxVotes } = task.row;
  const judged: JudgedAnswer[] = [];
  for (const answer of pending) {
    if (accepted.length >= maxVotes) break;
    const context = await loadAnswerContext(task, answer, accepted);
    const judgement = await judgeInThread(context, task.row.outputSchema as object);
    judged.push({ answer, judgement });
    if (judgement.outcome === 'reject') continue;
    // One that came beside those asked for, such as a backup's, is not paid where it was not needed.
    const isSettled =
      judgement.outcome === 'verified' && accepted.length + 1 >= task.row.votesWanted;
    const reviewRequested = judgement.verdicts.some(({ verdict }) => verdict === 'need_review');
    accepted.push({ answer, reviewRequested, repeats: repeatedBy(judgement.verdicts) });
    if (isSettled) break;
  }
  return recordJudgement(
    task,
    judged,
    accepted.map((each) => each.answer),
  );
}

/** Reads what is to be judged of a submitted task; null where nothing is, yet. */
async function readRound(taskId: string): Promise<Round | null> {
  const waiting = await db.task.findFirst({
    where: { id: taskId, status: 'submitted' },
    select: { id: true },
  });
  if (!waiting) return null;
  const task = await loadTaskContext(taskId);
  const answers = await db.answer.findMany({
    where: { taskId, status: { in: ['pending', 'accepted'] } },
    include: {
      verdicts: {
        where: { OR: [{ stage: 'anomaly' }, { verdict: 'need_review' }] },
        select: { stage: true, verdict: true, details: true },
      },
    },
    orderBy: { id: 'asc' },
  });
  const accepted: AcceptedAnswer[] = answers
    .filter((answer) => answer.status === 'accepted')
    .map((answer) => ({
      answer,
      reviewRequested: answer.verdicts.some(({ verdict }) => verdict === 'need_review'),
      repeats: repeatedBy(answer.verdicts as readonly Pick<Verdict, 'stage' | 'details'>[]),
    }));
  if (task.review && accepted.length > 0) {
    // A reviewer has decided on the accepted answers; one that came meanwhile waits its turn.
    const pending = await findDecidedOn(task, accepted);
    return { task, pending, accepted: accepted.filter(({ answer }) => !pending.includes(answer)) };
  }
  const unreviewed = { ...task, review: undefined };
  // An answer beyond what the hold pays for waits: it is judged if one before it falls away, and is
  // superseded when the task ends. Backups can be that late.
  const given =
    accepted.length < task.row.maxVotes ? answers.filter(({ status }) => status === 'pending') : [];
  // One that came since the check URL was asked has its own turn.
  const pending = task.checkUrl ? given.filter(settledCheck) : given;
  if (pending.length > 0) return { task: unreviewed, pending, accepted };
  // No more votes are waited for: the newest accepted answer is judged again.
  const newest = accepted.at(-1);
  if (!newest || given.length > 0 || (await isBeforeReviewer(taskId))) return null;
  return {
    task: { ...unreviewed, votingClosed: true },
    pending: [newest.answer],
    accepted: accepted.slice(0, -1),
  };
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
): Promise<Answer[]> {
  const answers = accepted.map(({ answer }) => answer);
  if (review?.decision !== 'reject') return answers.slice(-1);
  const agreeing = await findAgreement(row.outputSchema as object, review.output ?? null, answers);
  const rejected = answers.filter(({ id }) => agreeing.has(id));
  return rejected.length > 0 ? rejected : answers;
}
