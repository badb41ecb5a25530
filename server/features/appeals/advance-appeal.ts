import { isTerminal } from '@/server/features/tasks';
import { findAgreement } from '@/server/features/verification';
import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { kickOutbox } from '@/server/platform/outbox';
import { timePassesSql } from '@/server/platform/test-clock';
import { askAboutAppeal, type OpenAppeal } from './ask-about-appeal';
import { countAgreeing, NO_RE_VOTES, RE_VOTES, type ReVotes, readReVotes } from './re-votes';
import { type Decision, settleAppeal } from './settle-appeal';

/**
 * Advances an appeal: settles it if it is decided, else makes sure that somebody is asked. Called
 * on every event about it and by the sweep; it re-reads state, so repeated or early calls are
 * harmless. Nothing is decided while the task is still open.
 * @returns the outcome, or null while it is open.
 */
export async function advanceAppeal(appealId: string): Promise<'upheld' | 'dismissed' | null> {
  const appeal = await readOpen(appealId);
  if (!appeal || !isTerminal(appeal.task.status)) return null;
  const reVotes = appeal.route === 're_votes' ? await readReVotes(db, appeal) : NO_RE_VOTES;
  const decision = await decisionOn(appeal, reVotes);
  if (!decision) {
    const asked = await askAboutAppeal(appeal, reVotes);
    kickOutbox();
    // A vote that arrived meanwhile may have decided it.
    return asked === 'votes_came' ? advanceAppeal(appealId) : null;
  }
  const isSettled = await settleAppeal(appeal, decision);
  kickOutbox();
  return isSettled ? decision.status : null;
}

async function readOpen(id: string): Promise<OpenAppeal | null> {
  const appeal = await db.appeal.findFirst({ where: { id, status: 'open' } });
  if (!appeal) return null;
  const [task, answer] = await Promise.all([
    db.task.findUniqueOrThrow({ where: { id: appeal.taskId } }),
    db.answer.findUniqueOrThrow({
      where: { id: appeal.answerId },
      include: { verdicts: { select: { stage: true, verdict: true, details: true } } },
    }),
  ]);
  return { ...appeal, task, answer };
}

/**
 * A reviewer's decision first, then two re-votes that agree; after the deadline, the worker wins.
 */
async function decisionOn(appeal: OpenAppeal, reVotes: ReVotes): Promise<Decision | null> {
  return (await byReviewer(appeal)) ?? (await byReVotes(appeal, reVotes)) ?? byTime(appeal);
}

async function byReviewer({ id, answer, task }: OpenAppeal): Promise<Decision | null> {
  const review = await db.review.findUnique({ where: { appealId: id } });
  if (review?.status !== 'decided') return null;
  const by = 'reviewer';
  const note = review.note?.trim();
  if (review.decision === 'accept') {
    const explanation = note || 'A reviewer confirmed that your answer was right.';
    return { status: 'upheld', by, explanation, truth: answer.output };
  }
  const right = review.decision === 'correct' ? review.output : null;
  const isSame =
    right !== null && (await findAgreement(task.outputSchema as object, right, [answer])).size > 0;
  const explanation = note || 'A reviewer checked your answer.';
  return isSame
    ? { status: 'upheld', by, explanation, truth: right }
    : { status: 'dismissed', by, explanation };
}

async function byReVotes({ answer, task }: OpenAppeal, reVotes: ReVotes): Promise<Decision | null> {
  if (reVotes.votes.length < RE_VOTES) return null;
  const agreeing = await countAgreeing(task.outputSchema as object, answer.output, reVotes);
  const by = 're_votes';
  if (agreeing === RE_VOTES) {
    const explanation =
      'Two other workers, who did not know about your appeal, gave the same answer as you.';
    return { status: 'upheld', by, explanation, truth: answer.output };
  }
  if (agreeing > 0) return null;
  const explanation =
    'Two other workers, who did not know about your appeal, both answered differently from you.';
  return { status: 'dismissed', by, explanation };
}

function byTime({ dueAt }: OpenAppeal): Decision | null {
  if (dueAt > clock.now()) return null;
  const explanation = 'Your appeal was not decided in time, so it was decided in your favour.';
  return { status: 'upheld', by: 'time', explanation, truth: undefined };
}

/**
 * The sweep: advances every appeal that is not waiting for a reviewer, most urgent first.
 * @returns the number of appeals checked.
 */
export async function advanceWaitingAppeals(limit = 200): Promise<number> {
  const waiting = await db.$queryRaw<{ id: string }[]>`
    SELECT p.id FROM appeals p LEFT JOIN reviews r ON r.appeal_id = p.id
     WHERE p.status = 'open' AND ${await timePassesSql('p')}
       AND (p.due_at <= ${clock.now()} OR p.route IS DISTINCT FROM 'reviewer' OR r.status = 'decided')
     ORDER BY p.due_at LIMIT ${limit}`;
  for (const { id } of waiting) await advanceAppeal(id);
  return waiting.length;
}
