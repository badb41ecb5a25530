import { describe, expect, test } from 'vitest';
import { parseCron } from './cron-pattern';
import { checkFunction, RefusedRegistration } from './function-config';

const step = {
  id: 'step',
  name: 'step',
  runtime: { type: 'http', url: 'http://127.0.0.1:3000/api/inngest?fnId=a-f&stepId=step' },
};
const config = (over: object) => ({
  id: 'a-f',
  name: 'f',
  triggers: [{ event: 'q' }],
  steps: { step },
  ...over,
});

describe('what the engine does not have is refused by name, never ignored', () => {
  test.each([
    ['an unknown option', { checkpointing: true }, /not supported: checkpointing/],
    ['a cron with jitter', { triggers: [{ cron: '* * * * *', jitter: '5m' }] }, /jitter/],
    [
      'conditional batches',
      { batchEvents: { maxSize: 2, timeout: '1s', if: 'true' } },
      /not supported: batchEvents.if/,
    ],
    [
      'connect',
      { steps: { step: { ...step, runtime: { type: 'ws', url: 'wss://x.test' } } } },
      /connect/,
    ],
  ])('%s', (_name, over, message) => {
    expect(() => checkFunction(config(over))).toThrow(message);
  });
});

describe('what cannot work is refused with what would', () => {
  test.each([
    ['cron', { triggers: [{ cron: 'not a cron' }] }, /five fields/],
    ['a sixth cron field', { triggers: [{ cron: '* * * * * *' }] }, /five fields/],
    ['expression', { triggers: [{ event: 'q', expression: 'event.data.(' }] }, /not valid/],
    [
      'batch and cancel',
      { batchEvents: { maxSize: 2, timeout: '1s' }, cancel: [{ event: 'c' }] },
      /cancel/,
    ],
    ['short debounce', { debounce: { period: '100ms' } }, /within 1 s/],
    ['period', { throttle: { limit: 1, period: 'soon' } }, /"30s"/],
    ['three limits', { concurrency: [{ limit: 1 }, { limit: 2 }, { limit: 3 }] }, /concurrency/],
    ['account without a key', { concurrency: { limit: 1, scope: 'account' } }, /needs a key/],
    ['event and cron in one', { triggers: [{ event: 'q', cron: '* * * * *' }] }, /either/],
    ['21 retries', { steps: { step: { ...step, retries: { attempts: 21 } } } }, /attempts/],
    [
      'eleven triggers',
      { triggers: Array.from({ length: 11 }, () => ({ event: 'q' })) },
      /triggers/,
    ],
    ['six cancels', { cancel: Array.from({ length: 6 }, () => ({ event: 'c' })) }, /cancel/],
  ])('%s', (_name, over, message) => {
    expect(() => checkFunction(config(over))).toThrow(RefusedRegistration);
    expect(() => checkFunction(config(over))).toThrow(message);
  });

  test('the message names the function', () => {
    expect(() => checkFunction(config({ nope: 1 }))).toThrow('Function "a-f"');
  });
});

test('a cron is in UTC unless it names a zone', () => {
  const from = new Date('2026-07-01T00:00:00Z');
  expect(parseCron('0 9 * * *').nextRun(from)?.toISOString()).toBe('2026-07-01T09:00:00.000Z');
  expect(parseCron('TZ=Europe/Paris 0 9 * * *').nextRun(from)?.toISOString()).toBe(
    '2026-07-01T07:00:00.000Z',
  );
});
