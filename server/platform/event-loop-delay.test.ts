import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { eventLoopDelaySeconds, watchEventLoop } from './event-loop-delay';

test('what blocked the event loop before the first question is counted, in seconds', async () => {
  const histogram = watchEventLoop();
  expect(eventLoopDelaySeconds()).toBe(0);
  await vi.waitFor(() => expect(histogram.count).toBeGreaterThan(0));
  const until = performance.now() + 300;
  while (performance.now() < until);
  await sleep(0);
  await vi.waitFor(() => expect(eventLoopDelaySeconds()).toBeGreaterThan(0.25));
  expect(eventLoopDelaySeconds()).toBeLessThan(60);
});
