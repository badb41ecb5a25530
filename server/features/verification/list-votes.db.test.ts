import { expect, it } from 'vitest';
import { claimTask } from '@/server/features/routing';
import { CreateTask, createTask, getTask, submitAnswer } from '@/server/features/tasks';
import type { OrganizationActor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization, keyActor, workerActor } from '@/server/testing/factories';
import { judgeTask } from './judge-task';
import { listVotes } from './list-votes';

useTestDatabase();

const VERDICTS = ['yes', 'no', 'yes'];

async function judged(
  customer: OrganizationActor,
  workers: Awaited<ReturnType<typeof workerActor>>[],
) {
  const { task } = await createTask(
    customer,
    CreateTask.parse({
      type: 'voted',
      payload: {},
      output_schema: { type: 'object', properties: { verdict: { enum: ['yes', 'no'] } } },
      payout_sats: 10,
      redundancy: { min_votes: 3, max_votes: 3, target_confidence: 0.6 },
    }),
  );
  for (const [at, worker] of workers.entries()) {
    if ((await getTask(customer, task.id)).status === 'verified') break;
    const { assignmentId } = await claimTask(worker, { taskId: task.id });
    const startedAt = new Date(Date.now() - 20_000);
    await db.assignment.update({ where: { id: assignmentId }, data: { startedAt } });
    await submitAnswer(worker, { assignmentId, output: { verdict: VERDICTS[at] ?? 'yes' } });
    await judgeTask(task.id);
  }
  return task.id;
}

it('votes tell what each answered and whether it agrees, by pseudonyms that hold for one customer', async () => {
  const workers = await Promise.all(
    Array.from({ length: 3 }, () => workerActor({ mode: 'test', capacity: 10 })),
  );
  const customer = await keyActor(await createOrganization(), 'test');
  const other = await keyActor(await createOrganization(), 'test');
  const votes = await listVotes(customer, await judged(customer, workers));
  expect(votes.map(({ answer }) => answer?.agrees)).toEqual([true, false, true]);
  expect(votes[0]?.answer?.verdicts.map(({ stage }) => stage)).toEqual([
    'schema',
    'rules',
    'anomaly',
    'gold',
    'consensus',
    'qa',
  ]);
  const names = votes.map(({ worker }) => worker);
  expect(new Set(names).size).toBe(names.length);
  const text = JSON.stringify(votes);
  for (const { workerId } of workers) expect(text).not.toContain(workerId);

  const again = await listVotes(customer, await judged(customer, workers));
  expect(again[0]?.worker).toBe(names[0]);
  const elsewhere = await listVotes(other, await judged(other, workers));
  expect(elsewhere[0]?.worker).not.toBe(names[0]);
});
