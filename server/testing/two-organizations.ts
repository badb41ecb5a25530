import { sessionOf } from '@/server/doors/session';
import { createCallerFactory } from '@/server/transport/trpc/init';
import { appRouter } from '@/server/trpc';
import { sowGold } from '../features/golds/sow-gold';
import { decideReview } from '../features/reviews';
import { claimTask } from '../features/routing';
import { lapseDueAssignments, startAssignment, submitAnswer } from '../features/tasks';
import type { Task } from '../features/tasks/schema';
import { judgeTask, typeStandingsOf } from '../features/verification';
import type { WorkerActor } from '../platform/actor';
import { useClock } from '../platform/clock';
import { db } from '../platform/db';
import { newId } from '../platform/ids';
import { call } from './call';
import { createKey, createOrganization, memberActor } from './factories';
import { owned } from './procedure-case';
import { CASES } from './procedure-cases';
import type { TestClock } from './test-clock';

/** The name shared by both organizations; the inputs of `CASES` use it too. */
export const TYPE = 'tenancy';
const ANSWER_MS = 20_000;

/** Pauses a worker, and raises another's tier, after few golds; audits every task. */
const POLICY = {
  gold: { pauseMinGolds: 2, pauseAlpha: 0.1, priorStrength: 1, tierMinGolds: 2 },
  qa: { sampleRate: 1, secondReviewRate: 0 },
};

export interface SideInput {
  schema: object;
  /** The answer of all its golds. */
  right: object;
  golds: number;
  workers: readonly WorkerActor[];
}

export type Side = Awaited<ReturnType<typeof createSide>>;

/** A live customer whose type has its own schema, with the given public workers. */
export async function createSide(clock: TestClock, { schema, right, golds, workers }: SideInput) {
  const organization = await createOrganization({ funds: 10_000_000 });
  const member = await memberActor(organization, 'live', 'owner');
  const { text: key } = await createKey(organization, 'live');
  const { id: organizationId } = organization;
  const api = async <T>(method: 'GET' | 'POST' | 'PUT', path: string, body?: object) => {
    const answer = await call(method, path, { key, body });
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.body.error?.message}`);
    return answer.body as T;
  };
  await api('PUT', `/v1/task_types/${TYPE}`, {
    ...{ title: 'Tenancy', output_schema: schema, payout_sats: 10, sla_seconds: 3_600 },
    policy: POLICY,
  });
  for (let n = 0; n < golds; n++) {
    const gold = { payload: { gold: n }, expected_output: right };
    await api('POST', `/v1/task_types/${TYPE}/golds`, gold);
  }
  // Above the customers' maximum, so that golds are deterministic.
  await db.taskType.updateMany({ where: { organizationId }, data: { goldRate: 1 } });
  await db.organization.update({
    where: { id: organizationId },
    data: { reviewsPublicPool: true },
  });
  const tasks: string[] = [];

  const ask = async (more: object = {}) => {
    const body = { type: TYPE, payload: { n: tasks.length }, ...more };
    const { id } = await api<Task>('POST', '/v1/tasks', body);
    tasks.push(id);
    return id;
  };
  const answer = async (taskId: string, place: number, output: object) => {
    const { assignmentId } = await claimTask(workers[place] as WorkerActor, { taskId });
    clock.advanceMs(ANSWER_MS);
    const { answerId } = await submitAnswer(workers[place] as WorkerActor, {
      assignmentId,
      output,
    });
    return answerId;
  };

  return {
    organization,
    member,
    api,
    tasks,
    workers,
    /** Requests the votes of some workers, by index, and judges them. */
    vote: async (said: readonly (object | null)[], more: object = {}) => {
      const votes = said.filter((output) => output !== null).length;
      const redundancy = { min_votes: votes, max_votes: votes };
      const taskId = await ask({ redundancy, ...more });
      for (const [place, output] of said.entries()) {
        if (output) await answer(taskId, place, output);
      }
      await judgeTask(taskId);
      return taskId;
    },
    /** The worker answers a task and then a gold. */
    gold: async (place: number, output: object) => {
      const first = await ask({ redundancy: { min_votes: 1, max_votes: 1 } });
      const goldTask = await sowGold(await answer(first, place, output));
      await judgeTask(first);
      if (!goldTask) throw new Error('No gold was sown.');
      await answer(goldTask, place, output);
      await judgeTask(goldTask);
    },
    /** The worker starts a task and abandons it. */
    leave: async (place: number) => {
      const worker = workers[place] as WorkerActor;
      const { assignmentId } = await claimTask(worker, { taskId: await ask() });
      await startAssignment(worker, { assignmentId });
      clock.advanceMs(1_800_000);
      await lapseDueAssignments();
    },
    /** A member audits everything pending, with this answer. */
    audit: async (output: object) => {
      const waiting = await db.review.findMany({ where: { organizationId, status: 'open' } });
      for (const { id } of waiting) {
        await decideReview(member, {
          reviewId: id,
          decision: 'correct',
          output,
          note: 'It is so.',
        });
      }
    },
  };
}

/** Every number that a member, or a key, of the organization can read, as of one instant. */
export async function numbersOf(side: Side, atMs: number): Promise<Record<string, unknown>> {
  const restore = useClock({ nowMs: () => atMs });
  try {
    return { ...(await readByApi(side)), ...(await readByPages(side)), ...(await standings(side)) };
  } finally {
    restore();
  }
}

async function readByApi({ api, tasks }: Side): Promise<Record<string, unknown>> {
  const [first] = tasks;
  const read: Record<string, unknown> = {};
  for (const path of [
    `/v1/task_types/${TYPE}`,
    `/v1/task_types/${TYPE}/golds`,
    '/v1/tasks?limit=100',
    `/v1/tasks/${first}/events`,
    '/v1/usage?period=day',
    '/v1/balance',
  ]) {
    read[path.replace(first ?? '', '{id}')] = await api('GET', path).catch(String);
  }
  for (const risk_tier of ['low', 'high']) {
    read[`quote ${risk_tier}`] = await api('POST', '/v1/quotes', {
      type: TYPE,
      payload: {},
      risk_tier,
    });
  }
  return read;
}

/** Excluded because unrelated to work: keys, for example, show when they were last used. */
const LEFT_OUT = /^(apiKeys|team|inspector|webhooks|deliveries|receipts)\./;

async function readByPages({
  member,
  organization,
  tasks,
}: Side): Promise<Record<string, unknown>> {
  const golds = await db.gold.findMany({
    where: { organizationId: organization.id },
    orderBy: { id: 'asc' },
  });
  const review = await db.review.findFirst({
    where: { organizationId: organization.id },
    orderBy: { id: 'asc' },
  });
  Object.assign(owned, {
    ...{ task: tasks[0] ?? '', taskType: TYPE, gold: golds[0]?.id ?? '', review: review?.id ?? '' },
    ...{ person: newId(), pause: newId(), endpoint: newId(), delivery: newId() },
  });
  const bare = await sessionOf({ cookie: () => undefined, header: () => undefined });
  const user = {
    ...{ userId: member.userId, sessionId: newId(), name: 'Somebody' },
    ...{ email: 'somebody@example.com', emailConfirmed: true },
  };
  const session = { ...bare, user, mode: 'live' as const, member: async () => member };
  const caller = createCallerFactory(appRouter)({ session, deviceHash: null, networkHash: null });
  const nouns = caller as unknown as Record<string, Record<string, (input: unknown) => unknown>>;
  const read: Record<string, unknown> = {};
  for (const [path, procedure] of Object.entries(appRouter._def.procedures)) {
    const { type } = (procedure as unknown as { _def: { type: string } })._def;
    const known = CASES[path];
    if (type !== 'query' || !known || LEFT_OUT.test(path)) continue;
    const [noun = '', verb = ''] = path.split('.');
    const input = path === 'insight.models' ? { type: TYPE } : known.input?.();
    read[path] = await Promise.resolve(nouns[noun]?.[verb]?.(input)).catch(String);
  }
  const votes = nouns.votes?.ofTask;
  read.votes = await Promise.all(tasks.map((taskId) => votes?.({ taskId })));
  return read;
}

/** Its workers' standing with its type, as they see it. */
async function standings({ organization, workers }: Side): Promise<Record<string, unknown>> {
  const rows = await db.worker.findMany({
    where: { id: { in: workers.map(({ workerId }) => workerId) } },
  });
  const known = await typeStandingsOf(rows, { mode: 'live', organizationId: organization.id });
  return { standings: workers.map(({ workerId }) => known.get(workerId)) };
}

/** Replaces ids, pseudonyms and instants by their order of first appearance. */
export function withoutNames(numbers: Record<string, unknown>): unknown {
  const names = new Map<string, string>();
  const named = (kind: string) => (found: string) => {
    const known = names.get(found) ?? `${kind} ${names.size}`;
    names.set(found, known);
    return known;
  };
  const text = JSON.stringify(numbers, (_, value) =>
    typeof value === 'bigint' ? String(value) : value instanceof Map ? [...value] : value,
  );
  return JSON.parse(
    text
      .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, named('id'))
      .replace(/"id":"\d+"/g, '"id":"some number"')
      .replace(/Worker [A-Z0-9]{5}\b/g, named('worker'))
      .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)/g, 'some time'),
  );
}
