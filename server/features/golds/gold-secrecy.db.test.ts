import { describe, expect, it } from 'vitest';
import { listPayouts } from '@/server/features/payouts/queries';
import { claimTask } from '@/server/features/routing';
import { resolveTaskType } from '@/server/features/task-types/resolve-task-type';
import { submitAnswer } from '@/server/features/tasks';
import { listAssignments } from '@/server/features/tasks/assignment-queries';
import { listAnswers } from '@/server/features/tasks/list-answers';
import { judgeTask } from '@/server/features/verification';
import { getStanding } from '@/server/features/verification/get-standing';
import { useClock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { useTestDatabase } from '@/server/testing/database';
import { keyActor } from '@/server/testing/factories';
import { askAbout, COIN_TYPE, createWaitingGold, judgeCoin } from '@/server/testing/gold-setting';
import { sowGold } from './sow-gold';

useTestDatabase();

/** Drops what differs between any two tasks: IDs and times. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (key, part: unknown) => {
    if (typeof part === 'string' && /^[0-9a-f-]{36}$|^\d{4}-\d\d-\d\dT/.test(part)) return '…';
    // The worker's pace changes with each answer.
    return key === 'elapsedMs' || key === 'pace' ? 0 : part;
  });
}

describe('what a worker is shown of an answer to a gold that was right', () => {
  it('is what an answer to a task beside it shows, byte for byte but for ids, times and the payload', async () => {
    const { worker, siblingId, goldTaskId } = await createWaitingGold();
    const seen: unknown[] = [];
    for (const taskId of [siblingId, goldTaskId]) {
      await db.outboxRow.deleteMany();
      const { assignmentId } = await claimTask(worker, { taskId });
      const held = (await listAssignments(worker)).find(({ id }) => id === assignmentId);
      const answerId = (await submitAnswer(worker, { assignmentId, output: { verdict: 'real' } }))
        .answerId;
      const before = await answerOf(answerId);
      expect(before?.status).toBe('pending');
      expect(await judgeTask(taskId)).toBe('verified');
      const after = await answerOf(answerId);
      const heard = await db.outboxRow.findMany({
        where: { live: { path: ['workerId'], equals: worker.workerId } },
        orderBy: { id: 'asc' },
      });
      const { data } = await listPayouts(worker, {});
      const payouts = data.filter((payout) => payout.taskId === taskId);
      expect(payouts).toHaveLength(1);
      seen.push(plain({ held, before, after, heard: heard.map(typeOf), payouts }));
    }
    expect(seen[1]).toEqual(seen[0]);
    const told = JSON.stringify(seen[1]);
    for (const secret of ['gold', 'known', 'worn', 'expected']) expect(told).not.toContain(secret);

    /** Every event that reaches a page. */
    function typeOf({ live }: { live: unknown }) {
      return (live as { type: string }).type;
    }

    async function answerOf(id: string) {
      return (await listAnswers(worker)).data.find((answer) => answer.id === id);
    }
  });

  it('says nothing of it in the standing before the day is over', async () => {
    const { worker, goldTaskId } = await createWaitingGold();
    const before = await getStanding(worker);
    await judgeCoin(worker, goldTaskId, 'real');
    await judgeTask(goldTaskId);
    const after = await getStanding(worker);
    expect(after.answers.accepted).toBe(before.answers.accepted + 1);
    // The same as after any other answer.
    const { answers, reliability } = after;
    expect(after).toEqual({ ...before, answers, reliability });
    const restore = useClock({ nowMs: () => Date.now() + 86_400_000 });
    try {
      expect((await getStanding(worker)).types).toMatchObject([{ total: 1, correct: 1 }]);
    } finally {
      restore();
    }
  });
});

describe('what a worker is told of a gold', () => {
  const setPolicy = async (organizationId: string, gold: object) => {
    await db.taskType.updateMany({ where: { organizationId }, data: { policy: { gold } } });
    resolveTaskType.forget({ organizationId, mode: 'live', type: COIN_TYPE });
  };

  it('is that it was right, where the type lets workers know, and the page hears of it', async () => {
    const { worker, organization, goldTaskId } = await createWaitingGold();
    await setPolicy(organization.id, { feedback: true });
    const answerId = await judgeCoin(worker, goldTaskId, 'real');
    await db.outboxRow.deleteMany();
    await judgeTask(goldTaskId);
    const answer = (await listAnswers(worker)).data.find(({ id }) => id === answerId);
    expect(answer).toMatchObject({ status: 'accepted', check: { correct: true } });
    expect(answer?.check?.message).toMatch(
      /known answer, and you gave it\. The edge .* is worn\.$/,
    );
    const rows = await db.outboxRow.findMany({
      where: { live: { path: ['type'], equals: 'answer.checked' } },
    });
    expect(rows).toHaveLength(1);
  });

  it('is bounded by the day: beyond that a wrong one is rejected without its explanation', async () => {
    const { worker, organization, goldTaskId } = await createWaitingGold();
    await setPolicy(organization.id, { feedbackPerDay: 1, feedback: true });
    await judgeCoin(worker, goldTaskId, 'fake');
    await judgeTask(goldTaskId);
    const customer = await keyActor(organization, 'live');
    const another = async (verdict: 'real' | 'fake') => {
      const task = await askAbout(customer, `Coin for ${verdict}`);
      const next = (await sowGold(await judgeCoin(worker, task.id))) ?? '';
      const id = await judgeCoin(worker, next, verdict);
      await judgeTask(next);
      return (await listAnswers(worker)).data.find((answer) => answer.id === id)?.check;
    };
    const first = (await listAnswers(worker, { status: 'rejected' })).data[0]?.check;
    expect(first?.message).toContain('is worn');
    const second = await another('fake');
    expect(second).toMatchObject({ correct: false });
    expect(second?.message).not.toContain('worn');
    expect(await another('real')).toBeNull();
  });
});
