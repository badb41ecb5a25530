import type { Prisma } from '@/prisma/generated/client';
import { db } from '@/server/platform/db';
import { together } from '@/server/platform/together';

/** Only IDs, statuses and times: no content, and no workers. */
const STEPS = {
  id: true,
  type: true,
  mode: true,
  status: true,
  riskTier: true,
  votesAccepted: true,
  failureCode: true,
  traceparent: true,
  tracestate: true,
  reservedFor: true,
  createdAt: true,
  completedAt: true,
  assignments: {
    select: {
      id: true,
      status: true,
      backup: true,
      createdAt: true,
      startedAt: true,
      endedAt: true,
    },
    orderBy: { id: 'asc' },
  },
  answers: {
    select: {
      id: true,
      status: true,
      rejectionCode: true,
      createdAt: true,
      judgedAt: true,
      verdicts: { select: { stage: true, verdict: true, reasonCode: true, createdAt: true } },
    },
    orderBy: { id: 'asc' },
  },
  events: {
    select: { createdAt: true },
    where: { type: 'task.requeued' },
    orderBy: { sequence: 'asc' },
  },
} as const satisfies Prisma.TaskSelect;

export type TaskSteps = Prisma.TaskGetPayload<{ select: typeof STEPS }>;

/** A task with its steps; null if the ID does not exist. */
export const loadSteps = together(async (ids: readonly string[]) => {
  const rows = await db.task.findMany({ where: { id: { in: [...ids] } }, select: STEPS });
  return ids.map((id): TaskSteps | null => rows.find((row) => row.id === id) ?? null);
});

const PAYMENT = {
  id: true,
  taskId: true,
  rail: true,
  amountSats: true,
  status: true,
  attempts: true,
  createdAt: true,
  paidAt: true,
} as const satisfies Prisma.PayoutSelect;

export type Payment = Prisma.PayoutGetPayload<{ select: typeof PAYMENT }>;

/** The payouts of a task's answers, oldest first. */
export const loadPayments = together(async (ids: readonly string[]) => {
  const rows = await db.payout.findMany({
    where: { taskId: { in: [...ids] } },
    select: PAYMENT,
    orderBy: { id: 'asc' },
  });
  return ids.map((id) => rows.filter(({ taskId }) => taskId === id));
});
