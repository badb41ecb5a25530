import { afterAll, expect, it } from 'vitest';
import type { Subscriber } from '@/server/platform/outbox';
import { endTracing, startTracing } from '@/server/platform/tracing';
import { subscribers } from './jobs';

const taskId = '0199b6a2-7a70-7000-8000-000000000001';
const row = { id: 'row', topic: 'task.verified', key: 'fact', data: { taskId }, live: null };
const react = (topic: string) =>
  (subscribers[topic] as Subscriber)(
    [{ ...row, attempts: 0, createdAt: new Date() }],
    // Fails if a reaction reads from it.
    null as never,
  );
const ENDED = ['task.verified', 'task.failed', 'task.cancelled', 'task.expired'];

afterAll(endTracing);

it('the end of a task is nothing to anybody where tracing is off, and one event where it is on', async () => {
  for (const topic of ENDED) expect(await react(topic)).toEqual([]);
  await startTracing({ endpoint: 'http://127.0.0.1:9', serviceName: 'test', share: 1 });
  for (const topic of ENDED) {
    expect(await react(topic)).toEqual([
      { id: 'trace:fact', name: 'trace/task', data: { endedTaskId: taskId } },
    ]);
  }
});
