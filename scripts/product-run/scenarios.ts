import { randomUUID } from 'node:crypto';
import { db } from '@/server/platform/db';
import type { Receiver } from '../crash/receiver';
import { eventsKey } from '../crash/receiver';
import type { Agent } from './agent';
import { startCallback } from './callback';
import { awaited, expectThat } from './patience';
import { createPerson, createSimulatedWorker, type Person } from './person';

/** The scenarios' context. */
export interface Setting {
  /** In test mode: simulated workers answer. */
  agent: Agent;
  /** In live mode: people answer. */
  live: Agent;
  /** Receives every event of the organization. */
  receiver: Receiver;
  /** Signals that the parts sensitive to load or a kill are done: the rest of the run may begin. */
  readyForKills(): void;
}

/** @returns a short summary of what was observed. @throws Error with the violated expectation. */
export type Scenario = (setting: Setting) => Promise<string>;

const ANSWER = { verdict: 'genuine' };
const TASKS = 21;
/** The cost of an answer of 100 sats, including the platform's fee. */
const COST_SATS = 110;

interface Held {
  id: string;
  task: { id: string };
}

/** Create, route, answer, verify, charge, pay, notify: every job of the main flow. */
const mainJob: Scenario = async ({ agent, receiver }) => {
  const tasks = await Promise.all(
    Array.from({ length: TASKS }, (_, at) =>
      agent.create({ sandbox: { outcome: 'verified', answer: ANSWER, seed: at } }),
    ),
  );
  const seconds: number[] = [];
  await Promise.all(
    tasks.map(async ({ id, created_at }) => {
      const { output, completed_at } = await agent.awaitStatus(id, 'verified');
      expectThat(JSON.stringify(output) === JSON.stringify(ANSWER), `${id} has another output.`);
      seconds.push((Date.parse(String(completed_at)) - Date.parse(created_at)) / 1000);
      for (const type of ['task.created', 'task.verified', 'task.completed']) {
        await awaited(`${type} of ${id} is received`, agent.patienceSeconds, async () =>
          receiver.events.has(eventsKey(id, type)),
        );
      }
      const { cost_sats, payouts } = await agent.awaitPaid(id);
      expectThat(payouts.length === 1, `${id} has ${payouts.length} payouts.`);
      expectThat(cost_sats.charged === COST_SATS, `${id} is charged ${cost_sats.charged} sats.`);
    }),
  );
  const slowest = Math.max(...seconds).toFixed(1);
  return `${tasks.length} of ${TASKS} tasks verified, paid and told; the slowest in ${slowest} s`;
};

/** Nobody answers: the task expires at its SLA by its own timer, and the hold is released. */
const expiry: Scenario = async ({ agent, receiver }) => {
  const { id, expires_at } = await agent.create({
    sla_seconds: 30,
    sandbox: { outcome: 'expired' },
  });
  const { cost_sats } = await agent.awaitStatus(id, 'expired');
  expectThat(cost_sats.charged === 0, `${id} was charged ${cost_sats.charged} sats.`);
  await awaited(`task.expired of ${id} is received`, agent.patienceSeconds, async () =>
    receiver.events.has(eventsKey(id, 'task.expired')),
  );
  const event = await db.taskEvent.findFirstOrThrow({
    where: { taskId: id, type: 'task.expired' },
  });
  const late = (event.createdAt.getTime() - Date.parse(expires_at)) / 1000;
  expectThat(late >= 0, `${id} expired ${-late} s too early.`);
  return `expired ${late.toFixed(1)} s after its SLA, the hold freed`;
};

const telemetry = { activeMs: 8_000, pasteShare: 0, focusLossShare: 0, keystrokes: 12 };

/** A page's heartbeat interval; without it the person goes offline after 90 s. */
const HEARTBEAT_MS = 30_000;
/** Poll interval for the person's offers. */
const LOOK_MS = 500;

/** Waits until the person is offered the task, sending heartbeats; returns the assignment. */
async function offered({ patienceSeconds }: Agent, person: Person, taskId: string) {
  let beatMs = performance.now();
  const look = async () => {
    if (performance.now() - beatMs > HEARTBEAT_MS) {
      await person.write('workers.heartbeat');
      beatMs = performance.now();
    }
    const held = await person.read<Held[]>('assignments.list');
    return held.find((each) => each.task.id === taskId);
  };
  const { id } = await awaited(`Task ${taskId} is offered`, patienceSeconds, look, LOOK_MS);
  return id;
}

/** A worker lets an offer lapse: the task is returned and offered to somebody else. */
const lapse: Scenario = async ({ agent: { url }, live, readyForKills }) => {
  const skill = 'product_run_lapse';
  const first = await createPerson(url, 'first', skill);
  const second = await createPerson(url, 'second', skill);
  await first.write('workers.setOnline', { online: true });
  // The offer lasts a minute; the rest of the SLA allows for a slow machine or engine.
  const { id } = await live.create({ skills_required: [skill], sla_seconds: 1_200 });
  const lapsed = await offered(live, first, id);
  await first.write('workers.setOnline', { online: false });
  await second.write('workers.setOnline', { online: true });
  readyForKills();
  const assignmentId = await offered(live, second, id);
  const answer = { assignmentId, output: ANSWER, telemetry, idempotencyKey: randomUUID() };
  // The app may be killed at this moment; the key deduplicates the answer.
  await awaited('The answer is taken', live.patienceSeconds, () =>
    second.write('assignments.submit', answer),
  );
  await live.awaitStatus(id, 'verified');
  const { status } = await db.assignment.findUniqueOrThrow({ where: { id: lapsed } });
  expectThat(status === 'lapsed', `The first assignment of ${id} is ${status}, not lapsed.`);
  return 'the offer lapsed, and another worker answered';
};

/** An answer undone within ten seconds is not submitted; the next one is. */
const undo: Scenario = async ({ agent: { url }, live, readyForKills }) => {
  const skill = 'product_run_undo';
  const person = await createPerson(url, 'careful', skill);
  const { id } = await live.create({ skills_required: [skill] });
  const { assignmentId } = await person.write<{ assignmentId: string }>('queue.claim', {
    taskId: id,
  });
  const submit = (verdict: string) =>
    person.write<{ submitsAt: Date | null }>('assignments.submit', {
      assignmentId,
      output: { verdict },
      telemetry,
    });
  await submit('uncertain');
  await person.write('assignments.undo', { assignmentId });
  const { submitsAt } = await submit('genuine');
  readyForKills();
  const { output } = await live.awaitStatus(id, 'verified');
  expectThat(
    JSON.stringify(output) === JSON.stringify(ANSWER),
    `The answer taken back was handed in: ${JSON.stringify(output)}.`,
  );
  const { createdAt } = await db.answer.findFirstOrThrow({ where: { assignmentId } });
  const late = (createdAt.getTime() - Number(submitsAt)) / 1000;
  expectThat(late >= 0, `The answer was handed in ${-late} s before its undo ended.`);
  return `the second answer was handed in ${late.toFixed(1)} s after its undo ended`;
};

/** Three workers answer; all three are paid. */
const severalVotes: Scenario = async ({ agent }) => {
  const { id } = await agent.create({
    redundancy: { min_votes: 3, max_votes: 3 },
    sandbox: { outcome: 'verified', answer: ANSWER },
  });
  const verified = await agent.awaitStatus(id, 'verified');
  expectThat(verified.votes_used === 3, `${id} used ${verified.votes_used} votes.`);
  const { payouts } = await agent.awaitPaid(id);
  expectThat(payouts.length === 3, `${id} has ${payouts.length} payouts.`);
  return '3 votes, 3 payouts';
};

/** A payment with an unknown outcome is looked up, then retried, and paid once. */
const payoutRetry: Scenario = async ({ agent, readyForKills }) => {
  const skill = 'product_run_payout';
  await createSimulatedWorker(skill, 'request-lost@sandbox');
  const { id: taskId } = await agent.create({
    skills_required: [skill],
    sandbox: { outcome: 'verified', answer: ANSWER },
  });
  await agent.awaitStatus(taskId, 'verified');
  const payout = await awaited('The first attempt is lost', agent.patienceSeconds, () =>
    db.payout.findFirst({
      where: { taskId, tries: { some: { attempt: { status: { in: ['unknown', 'failed'] } } } } },
    }),
  );
  // The destination works again, for this payout and for others that the worker has earned since.
  const destination = 'found@sandbox';
  await db.worker.updateMany({
    where: { id: payout.workerId },
    data: { online: false, payoutDestination: destination },
  });
  await db.payout.updateMany({ where: { workerId: payout.workerId }, data: { destination } });
  // From here on load and kills do not matter; under load the only worker could let the offer
  // lapse, or earn on other tasks what cannot be paid.
  readyForKills();
  await agent.awaitPaid(taskId);
  const attempts = await db.payoutAttempt.findMany({
    where: { carried: { some: { payoutId: payout.id } } },
  });
  const ids = attempts.map((attempt) => attempt.id);
  const paid = await db.railPayment.count({
    where: { attemptId: { in: ids }, status: 'paid' },
  });
  expectThat(attempts.length >= 2, 'The payout was paid by its first attempt.');
  expectThat(paid === 1, `The rail paid ${paid} times.`);
  return `attempt 1 lost, attempt ${attempts.length} paid, once`;
};

/** A receiver that fails at first gets the same event again, according to the webhook retry schedule. */
const webhookRetries: Scenario = async ({ agent }) => {
  const callback = await startCallback();
  try {
    const { id } = await agent.create({
      callback_url: callback.url,
      sandbox: { outcome: 'verified', answer: ANSWER },
    });
    const types = ['task.created', 'task.verified', 'task.completed'];
    await awaited(`Every event of ${id} is accepted`, agent.patienceSeconds, async () =>
      types.every((type) => callback.accepted.has(type)),
    );
    for (const [eventId, times] of callback.tries) {
      const gap = ((times[1] ?? 0) - (times[0] ?? 0)) / 1000;
      expectThat(gap >= 4.9, `${eventId} was tried again after ${gap} s, not after 5.`);
    }
    return `${callback.tries.size} events refused once, and accepted at the second try`;
  } finally {
    callback.stop();
  }
};

/** `beforeKills`: its start must not be disturbed by load or a kill. */
export const SCENARIOS: Record<string, { run: Scenario; beforeKills?: true }> = {
  'main job': { run: mainJob },
  expiry: { run: expiry },
  lapse: { run: lapse, beforeKills: true },
  undo: { run: undo, beforeKills: true },
  'several votes': { run: severalVotes },
  'payout retry': { run: payoutRetry, beforeKills: true },
  'webhook retries': { run: webhookRetries, beforeKills: true },
};
