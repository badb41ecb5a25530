import type { Prisma } from '@/prisma/generated/client';
import type { WorkerActor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { satsToNumber } from '@/server/platform/money';
import { pageOf } from '@/server/platform/page';
import { ListAnswersQuery } from './answer-schema';

/** More appeals than any worker makes; the filter shows the newest. */
const APPEALS_MAX = 1_000;

/** The answers visible to a worker: their own. */
function visibleTo(actor: WorkerActor): Prisma.AnswerWhereInput {
  return { workerId: actor.workerId, mode: actor.mode };
}

/** A page of the worker's answers, newest first, with verdict and earnings. */
export async function listAnswers(actor: WorkerActor, query: ListAnswersQuery = {}) {
  const { limit, after, status, type, appealed } = ListAnswersQuery.parse(query);
  const rows = await db.answer.findMany({
    where: {
      AND: [
        visibleTo(actor),
        after ? { id: { lt: after } } : {},
        status ? { status } : {},
        type ? { type } : {},
        appealed ? { id: { in: await appealedIds(actor) } } : {},
      ],
    },
    orderBy: { id: 'desc' },
    take: limit + 1,
    include: {
      task: { select: { payoutSats: true, status: true, output: true } },
      verdicts: { orderBy: { id: 'asc' } },
    },
  });
  const answerIds = rows.map((row) => row.id);
  const [payouts, appeals] = await Promise.all([
    db.payout.findMany({ where: { answerId: { in: answerIds } } }),
    db.appeal.findMany({ where: { answerId: { in: answerIds } } }),
  ]);
  const appealOf = new Map(appeals.map((appeal) => [appeal.answerId, appeal]));
  const byAnswer = new Map(payouts.map((payout) => [payout.answerId, payout]));
  return pageOf(rows, limit, (row) => {
    const payout = byAnswer.get(row.id);
    const appeal = appealOf.get(row.id);
    return {
      id: row.id,
      taskId: row.taskId,
      type: row.type,
      output: row.output,
      status: row.status,
      taskStatus: row.task.status,
      rejection: row.rejectionCode
        ? { code: row.rejectionCode, message: row.rejectionMessage ?? '' }
        : null,
      verdicts: said(row.verdicts),
      /** The feedback on a task with a known answer; null without one. */
      check: checkOf(row.verdicts),
      /** The verified output; null before, or if none was verified. */
      verified: row.task.status === 'verified' ? row.task.output : null,
      appeal: appeal
        ? {
            reason: appeal.reason,
            status: appeal.status,
            dueAt: appeal.dueAt,
            explanation: appeal.explanation,
          }
        : null,
      elapsedMs: row.elapsedMs,
      createdAt: row.createdAt,
      judgedAt: row.judgedAt,
      payout: payout
        ? { amountSats: satsToNumber(payout.amountSats), rail: payout.rail, status: payout.status }
        : null,
    };
  });
}

type Verdict = Pick<
  Prisma.VerdictGetPayload<object>,
  'stage' | 'verdict' | 'reasonCode' | 'message'
>;

/**
 * The verdicts that are meaningful to the worker. The others would reveal golds, which pass
 * different stages.
 */
function said(verdicts: readonly Verdict[]) {
  return verdicts.flatMap(({ stage, verdict, message }) =>
    message === null ? [] : [{ stage, verdict, message }],
  );
}

const CHECKS: Record<string, boolean> = { gold_match: true, gold_mismatch: false };

function checkOf(verdicts: readonly Verdict[]): { correct: boolean; message: string } | null {
  const gold = verdicts.find(({ reasonCode }) => reasonCode !== null && reasonCode in CHECKS);
  return gold
    ? { correct: CHECKS[gold.reasonCode ?? ''] ?? false, message: gold.message ?? '' }
    : null;
}

async function appealedIds({ workerId, mode }: WorkerActor): Promise<string[]> {
  const appeals = await db.appeal.findMany({
    where: { workerId, mode },
    orderBy: { id: 'desc' },
    take: APPEALS_MAX,
    select: { answerId: true },
  });
  return appeals.map(({ answerId }) => answerId);
}

/** The types a worker has answered, by name, for the filter. */
export async function listAnsweredTypes(actor: WorkerActor): Promise<string[]> {
  const rows = await db.workerTypeRecord.findMany({
    where: { workerId: actor.workerId },
    distinct: ['type'],
    orderBy: { type: 'asc' },
    select: { type: true },
  });
  return rows.map(({ type }) => type);
}
