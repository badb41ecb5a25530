import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decideReview } from '@/server/features/reviews';
import {
  callBackup,
  claimTask,
  listQueue,
  routeTask,
  takeNextTask,
} from '@/server/features/routing';
import { judgeTask } from '@/server/features/verification';
import { SYSTEM, type WorkerActor } from '@/server/platform/actor';
import { useClock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { AppError } from '@/server/platform/errors';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization, keyActor, workerActor } from '@/server/testing/factories';
import { brokenInvariants } from '@/server/testing/invariants';
import { createTestClock } from '@/server/testing/test-clock';
import {
  CreateTask,
  cancelTask,
  createTask,
  lapseDueAssignments,
  listAssignments,
  meetDeadlines,
  releaseAssignment,
  startAssignment,
  submitAnswer,
} from './index';

useTestDatabase();

const STEPS = 400;
const SEED = 20_261;

/** mulberry32: small, and the same everywhere. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe('the lives of many tasks, at random', () => {
  const clock = createTestClock();
  const random = seeded(SEED);
  const pick = <T>(items: readonly T[]): T => {
    const item = items[Math.floor(random() * items.length)];
    if (item === undefined) throw new Error('Nothing to pick from.');
    return item;
  };
  let restoreClock: () => void;
  let customer: Awaited<ReturnType<typeof keyActor>>;
  let workers: WorkerActor[];

  beforeAll(async () => {
    restoreClock = useClock(clock);
    customer = await keyActor(await createOrganization({ funds: 60_000 }), 'test');
    workers = await Promise.all(
      Array.from({ length: 8 }, () => workerActor({ mode: 'test', capacity: 3, online: true })),
    );
  });
  afterAll(() => restoreClock());

  /** What can happen; each reads the world for itself, as two processes would. */
  const acts: Record<string, { weight: number; run: () => Promise<unknown> }> = {
    create: {
      weight: 6,
      run: () => {
        const body = {
          type: 'simulated',
          payload: { n: Math.floor(random() * 1e6) },
          output_schema: {
            type: 'object',
            required: ['v'],
            properties: { v: { enum: ['a', 'b'] } },
          },
          payout_sats: 100,
          sla_seconds: pick([60, 300, 900]),
          risk_tier: pick(['low', 'medium', 'high', 'critical']),
          on_timeout: pick([{ action: 'expire' }, { action: 'default', output: { v: 'a' } }]),
        };
        return createTask(customer, CreateTask.parse(body));
      },
    },
    route: { weight: 6, run: async () => routeTask(await anyTask()) },
    backup: { weight: 2, run: async () => callBackup(await anyTask()) },
    take: { weight: 3, run: () => takeNextTask(pick(workers)) },
    claim: {
      weight: 3,
      run: async () => {
        const worker = pick(workers);
        const [first] = (await listQueue(worker)).items;
        return first && claimTask(pick(workers), first);
      },
    },
    start: { weight: 4, run: () => withAssignment((worker, id) => startAssignment(worker, id)) },
    answer: {
      weight: 12,
      run: () =>
        withAssignment((worker, { assignmentId }) => {
          const bot = random() < 0.15;
          return submitAnswer(worker, {
            assignmentId,
            output: { v: random() < 0.8 ? 'a' : 'b' },
            ...(bot ? { telemetry: { activeMs: 0, pasteShare: 1, focusLossShare: 1 } } : {}),
          });
        }),
    },
    refusedAnswer: {
      weight: 1,
      run: () =>
        withAssignment((worker, id) => submitAnswer(worker, { ...id, output: { v: 'nonsense' } })),
    },
    release: {
      weight: 2,
      run: () =>
        withAssignment((worker, id) => releaseAssignment(worker, { ...id, reason: 'unclear' })),
    },
    judge: { weight: 12, run: async () => judgeTask(await anyTask('submitted')) },
    review: {
      weight: 4,
      run: async () => {
        const open = await db.review.findFirst({ where: { status: 'open' } });
        const decision = pick(['accept', 'correct', 'reject'] as const);
        const output = decision === 'correct' ? { output: { v: 'b' } } : {};
        return open && decideReview(SYSTEM, { reviewId: open.id, decision, ...output });
      },
    },
    cancel: { weight: 1, run: async () => cancelTask(customer, await anyTask()) },
    wait: { weight: 3, run: async () => clock.advanceMs(Math.floor(random() * 40_000)) },
    sweep: {
      weight: 3,
      run: async () => {
        await lapseDueAssignments();
        await meetDeadlines();
      },
    },
  };

  const anyTask = async (status?: 'submitted'): Promise<string> => {
    const tasks = await db.task.findMany({
      where: status ? { status } : {},
      select: { id: true },
      orderBy: { id: 'asc' },
    });
    return tasks.length > 0 ? pick(tasks).id : '00000000-0000-7000-8000-000000000000';
  };

  const withAssignment = async (
    act: (worker: WorkerActor, id: { assignmentId: string }) => Promise<unknown>,
  ) => {
    const worker = pick(workers);
    const open = await listAssignments(worker);
    return open.length > 0 ? act(worker, { assignmentId: pick(open).id }) : undefined;
  };

  const names = Object.entries(acts).flatMap(([name, { weight }]) =>
    Array.from({ length: weight }, () => name),
  );

  /** A refusal is an answer; anything else is a fault. */
  const attempt = async (name: string) => {
    try {
      await acts[name]?.run();
    } catch (error) {
      if (!(error instanceof AppError) || error.status >= 500) throw error;
    }
  };

  it(`keeps every invariant after each of ${STEPS} steps, some of them two at once`, async () => {
    for (let step = 0; step < STEPS; step++) {
      const now = random() < 0.3 ? [pick(names), pick(names)] : [pick(names)];
      await Promise.all(now.map(attempt));
      if (step % 4 !== 0) continue;
      expect(await brokenInvariants(), `seed ${SEED}, step ${step}: ${now}`).toEqual([]);
    }
    expect(await brokenInvariants()).toEqual([]);
    const statuses = await db.task.groupBy({ by: ['status'], _count: true });
    const reached = statuses.map((each) => each.status);
    expect(reached, 'the walk is long enough to see tasks end in many ways').toEqual(
      expect.arrayContaining(['verified', 'expired']),
    );
  }, 240_000);

  it('ends every task when the time is out, and holds nothing more', async () => {
    clock.advanceMs(3_600_000);
    await lapseDueAssignments();
    await meetDeadlines();
    expect(await db.task.count({ where: { completedAt: null } })).toBe(0);
    expect(await brokenInvariants()).toEqual([]);
  });
});
