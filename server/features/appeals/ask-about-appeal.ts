import type { Answer, Appeal, Task } from '@/prisma/generated/client';
import {
  insertReVote,
  type ReVotePayer,
  SpendCapReached,
  withdrawSown,
} from '@/server/features/tasks';
import { clock } from '@/server/platform/clock';
import { db, type Tx, transaction } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { jsonColumn } from '@/server/platform/json-column';
import { findReVoters } from './find-re-voters';
import { RE_VOTES, type ReVotes, readReVotes } from './re-votes';

/**
 * How often re-votes that were released or expired are asked again; after that a reviewer decides.
 */
const ASKED_MAX = 6;

/** Stages whose rejections other people's answers can confirm or refute. */
const DECIDED_BY_ANSWERS = new Set(['gold', 'qa']);

export interface OpenAppeal extends Appeal {
  task: Task;
  answer: Answer & { verdicts: { stage: string; verdict: string; details: unknown }[] };
}

/**
 * Makes sure that somebody is asked about an open appeal: two blind re-votes if other workers can
 * tell who was right and enough are available, else a reviewer. Idempotent: the appeal's row is
 * locked, so that a vote is never asked for twice.
 * @param weighed the re-votes that did not decide it.
 * @returns `votes_came` if new votes have arrived that may decide it; then nobody is asked.
 */
export async function askAboutAppeal(
  appeal: OpenAppeal,
  weighed: ReVotes,
): Promise<'votes_came' | null> {
  const { goldId, organizationId } = appeal.task;
  // A gold's organization pays for re-votes about its gold; a customer was promised a fixed price.
  const isOpen = { id: organizationId, deletedAt: null };
  const owes = goldId !== null && (await db.organization.count({ where: isOpen })) === 1;
  const payer = owes ? 'organization' : 'platform';
  try {
    return await transaction((tx) => ask(tx, { appeal, weighed, payer }));
  } catch (error) {
    if (!(error instanceof SpendCapReached)) throw error;
    return transaction((tx) => ask(tx, { appeal, weighed, payer: 'platform' }));
  }
}

async function ask(
  tx: Tx,
  { appeal, weighed, payer }: { appeal: OpenAppeal; weighed: ReVotes; payer: ReVotePayer },
): Promise<'votes_came' | null> {
  const [locked] = await tx.$queryRaw<{ route: Appeal['route'] }[]>`
    SELECT route::text AS route FROM appeals
     WHERE id = ${appeal.id}::uuid AND status = 'open' FOR UPDATE`;
  if (!locked || locked.route === 'reviewer') return null;
  const asked = await readReVotes(tx, appeal);
  if (asked.votes.length !== weighed.votes.length) return 'votes_came';
  const missing = RE_VOTES - asked.votes.length - asked.pendingTaskIds.length;
  const isSplit = asked.votes.length === RE_VOTES;
  if (missing <= 0 && !isSplit) return null;
  const mayVote = locked.route === 're_votes' || canStrangersTell(appeal);
  const voters =
    mayVote && !isSplit && asked.asked + missing <= ASKED_MAX
      ? await findReVoters(tx, appeal, missing)
      : [];
  if (missing > 0 && voters.length === missing) {
    await tx.appeal.update({ where: { id: appeal.id }, data: { route: 're_votes' } });
    for (const workerId of voters) await askWorker(tx, appeal, workerId, payer);
    return null;
  }
  await askReviewer(tx, appeal, asked);
  return null;
}

/** Rejections by rules or by answering behaviour, and critical tasks, go to a reviewer. */
function canStrangersTell({ ground, task, answer }: OpenAppeal): boolean {
  if (task.poolOrganizationId !== null || task.riskTier === 'critical') return false;
  const rejecting = answer.verdicts.find(({ verdict }) => verdict === 'reject');
  return ground === 'out_voted' || DECIDED_BY_ANSWERS.has(rejecting?.stage ?? '');
}

async function askWorker(
  tx: Tx,
  { id: appealId, task }: OpenAppeal,
  workerId: string,
  payer: ReVotePayer,
): Promise<void> {
  const ask = { task, appealId, workerId };
  const paid = await insertReVote(tx, { ...ask, payer });
  if (paid === null) await insertReVote(tx, { ...ask, payer: 'platform' });
}

async function askReviewer(tx: Tx, appeal: OpenAppeal, { pendingTaskIds }: ReVotes): Promise<void> {
  await tx.appeal.update({ where: { id: appeal.id }, data: { route: 'reviewer' } });
  await tx.review.create({
    data: {
      id: newId(),
      taskId: appeal.taskId,
      organizationId: appeal.organizationId,
      mode: appeal.mode,
      type: appeal.type,
      kind: 'appeal',
      queue: 'instance',
      blocking: false,
      reason: 'appeal',
      proposed: jsonColumn(appeal.answer.output),
      appealId: appeal.id,
      createdAt: clock.now(),
    },
  });
  await withdrawSown(tx, pendingTaskIds);
}
