import { isDeepStrictEqual } from 'node:util';
import { TASK_EVENT_TYPES } from '@/server/features/webhooks/schema';
import { db } from '@/server/platform/db';
import { brokenInvariants } from '@/server/testing/invariants';
import { eventsKey, type Receiver } from './receiver';
import type { ScriptedTask } from './script';

export interface CreatedTask {
  id: string;
  script: ScriptedTask;
}

const PUBLIC_EVENTS = new Set<string>(TASK_EVENT_TYPES);

/** The violated expectations, as sentences; empty if the run was correct. */
export async function judgeRun(
  created: readonly CreatedTask[],
  receiver: Receiver,
): Promise<string[]> {
  return [
    ...(await judgeTasks(created)),
    ...(await judgePayments(created)),
    ...(await judgeWebhooks(receiver)),
    ...(await brokenInvariants()).map((sentence) => `Broken: ${sentence}.`),
  ];
}

async function judgeTasks(created: readonly CreatedTask[]): Promise<string[]> {
  const violations: string[] = [];
  const rows = await db.task.findMany({ where: { type: 'crash_run' } });
  if (rows.length !== created.length) {
    violations.push(`${created.length} tasks were created; the database has ${rows.length}.`);
  }
  const byId = new Map(rows.map((row) => [row.id, row]));
  for (const { id, script } of created) {
    const row = byId.get(id);
    if (!row) violations.push(`Task ${script.key} was answered as ${id}, which is gone.`);
    else if (row.status !== script.status) {
      const reason = row.failureCode ? ` (${row.failureCode})` : '';
      violations.push(
        `Task ${script.key} (${id}) is ${row.status}${reason}, not ${script.status}.`,
      );
    } else if (script.status === 'verified' && !isDeepStrictEqual(row.output, script.answer)) {
      violations.push(`Task ${script.key} (${id}) has the output ${JSON.stringify(row.output)}.`);
    }
  }
  return violations;
}

async function judgePayments(created: readonly CreatedTask[]): Promise<string[]> {
  const violations: string[] = [];
  const payouts = await db.payout.findMany({ include: { tries: true } });
  const payments = await db.railPayment.findMany({ where: { status: 'paid' } });
  const paidAttempts = new Set(payments.map((payment) => payment.attemptId));
  for (const { id, script } of created) {
    const own = payouts.filter((payout) => payout.taskId === id);
    if (own.length !== script.votes) {
      violations.push(`Task ${script.key} (${id}) has ${own.length} payouts, not ${script.votes}.`);
    }
    for (const payout of own) {
      const times = payout.tries.filter(({ attemptId }) => paidAttempts.has(attemptId)).length;
      if (payout.status === 'paid' && times === 1) continue;
      violations.push(`Payout ${payout.id} is ${payout.status}; its rail paid ${times} times.`);
    }
  }
  const owing = await db.account.findMany({
    where: { kind: { in: ['worker_payable', 'worker_in_flight'] }, balance: { not: 0 } },
  });
  for (const account of owing) {
    violations.push(`${account.kind} of worker ${account.owner} is ${account.balance}, not 0.`);
  }
  return violations;
}

async function judgeWebhooks(receiver: Receiver): Promise<string[]> {
  const violations: string[] = [];
  // The endpoint receives events of all of the organization's test tasks, not only of these.
  const events = await db.taskEvent.findMany({
    where: { mode: 'test', task: { goldId: null } },
    select: { id: true, taskId: true, type: true },
  });
  const expected = new Set<string>();
  for (const { id, taskId, type } of events) {
    if (!PUBLIC_EVENTS.has(type)) continue;
    const eventId = `evt_${id.replaceAll('-', '')}`;
    expected.add(eventId);
    if (!receiver.events.get(eventsKey(taskId, type))?.has(eventId)) {
      violations.push(`${type} of task ${taskId} was never received.`);
    }
  }
  for (const ids of receiver.events.values()) {
    for (const id of ids) {
      if (!expected.has(id)) violations.push(`The event ${id} was received and never happened.`);
    }
  }
  if (receiver.counts.forged > 0) {
    violations.push(`${receiver.counts.forged} webhooks had a signature that does not fit.`);
  }
  return violations;
}

/** Counts of unfinished work: open tasks, unpaid payouts, undelivered facts and events. */
export async function countUnfinished(): Promise<Record<string, number>> {
  return {
    'open tasks': await db.task.count({
      where: { status: { in: ['posted', 'assigned', 'submitted'] } },
    }),
    'tasks not yet completed': await db.task.count({
      where: { status: 'verified', settledAt: null },
    }),
    payouts: await db.payout.count({ where: { status: { in: ['pending', 'sending'] } } }),
    'outbox rows': await db.outboxRow.count(),
    deliveries: await db.delivery.count({ where: { status: 'pending' } }),
  };
}
