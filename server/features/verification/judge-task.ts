import type { Answer, Task } from '@/prisma/generated/client';
import { db } from '@/server/platform/db';
import { kickOutbox } from '@/server/platform/outbox';
import { checkAnswers, settledCheck } from './check/check-answers';
import { judgeInThread } from './judge-in-thread';
import {
  type AcceptedAnswer,
  loadAnswerContext,
  loadTaskContext,
  loadTaskEvidence,
  type TaskContext,
} from './load-context';
import { findAgreement } from './outcome';
import type { JudgedAnswer } from './record-answer';
import { recordJudgement } from './record-verdict';
import { repeatedBy } from './repeated-by';
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
  let row = checked === null ? submitted : await findSubmitted(taskId);
  let outcome: Outcome | null = null;
  for (let round = 0; row !== null && round < ROUNDS_MAX; round++) {
    outcome = await judgeOnce(row);
    if (outcome !== 'again') break;
    row = await findSubmitted(taskId);
  }
  if (outcome) kickOutbox();
  return outcome;
}

function findSubmitted(taskId: string): Promise<Task | null> {
  return db.task.findFirst({ where: { id: taskId, status: 'submitted' } });
}

/** What one judgement is about. */
interface Round {
  task: TaskContext;
  /** Answers to judge, one after another. */
  pending: readonly Answer[];
  /** Those that stand beside them. */
  accepted: AcceptedAnswer[];
}

async function judgeOnce(row: Task): Promise<Outcome | null> {
  const round = await readRound(row);
  if (!round) return null;
  const { task, pending, accepted } = round;
  const { maxVotes } = task.row;
  const judged: JudgedAnswer[] = [];
  const voters = [...pending, ...accepted.map(({ answer }) => answer)];
  const evidence = await loadTaskEvidence(task, voters);
  for (const answer of pending) {
    if (accepted.length >= maxVotes) break;
    const context = await loadAnswerContext(task, answer, accepted, evidence);
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
async function readRound(row: Task): Promise<Round | null> {
  const taskId = row.id;
  const task = await loadTaskContext(taskId, row);
  const answers = await db.answer.findMany({
    where: { taskId, status: { in: ['pending', 'accepted'] } },
    orderBy: { id: 'asc' },
  });
  const accepted = await findAccepted(answers);
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

async function findAccepted(answers: readonly Answer[]): Promise<AcceptedAnswer[]> {
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
    return {
      answer,
      reviewRequested: own.some(({ verdict }) => verdict === 'need_review'),
      repeats: repeatedBy(own as readonly Pick<Verdict, 'stage' | 'details'>[]),
    };
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
): Promise<Answer[]> {
  const answers = accepted.map(({ answer }) => answer);
  if (review?.decision !== 'reject') return answers.slice(-1);
  const agreeing = await findAgreement(row.outputSchema as object, review.output ?? null, answers);
  const rejected = answers.filter(({ id }) => agreeing.has(id));
  return rejected.length > 0 ? rejected : answers;
}
