import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { createTestClock } from '@/server/testing/test-clock';
import { TestBed } from './suite/test-bed';

let bed: TestBed;
beforeEach(() => {
  bed = new TestBed(inject('adminUrl'));
});
afterEach(() => bed.close());

const minute = 60_000;
const day = 86_400_000;

describe('with a test clock', () => {
  test('days pass in an instant, and everything due in them runs in its order', async () => {
    const clock = createTestClock();
    const start = clock.nowMs();
    const engine = await bed.engine({ clock });
    const seen: [string, number][] = [];
    const note = (what: string) => seen.push([what, (clock.nowMs() - start) / day]);
    const { client } = await bed.app(engine, (inngest) => [
      inngest.createFunction({ id: 'sleeper', triggers: [{ event: 'go' }] }, async ({ step }) => {
        await step.sleep('first', '1d');
        await step.run('a', () => note('a'));
        const event = await step.waitForEvent('w', { event: 'never', timeout: '2d' });
        note(event === null ? 'timed out' : 'event');
      }),
    ]);
    await client.send({ name: 'go', data: {} });
    await engine.drain();
    expect(seen).toEqual([]);
    await engine.advance(10 * day);
    expect(seen).toEqual([
      ['a', 1],
      ['timed out', 3],
    ]);
    expect(await bed.statuses()).toEqual(['completed']);
  });

  test('a failing step is tried five times over the real table, then onFailure runs once', async () => {
    const clock = createTestClock();
    const engine = await bed.engine({ clock });
    const times: number[] = [];
    const failures: string[] = [];
    const { client } = await bed.app(engine, (inngest) => [
      inngest.createFunction(
        {
          id: 'failing',
          triggers: [{ event: 'go' }],
          onFailure: ({ error }: { error: Error }) => {
            failures.push(error.message);
          },
        },
        async ({ step }) => {
          await step.run('s', () => {
            times.push(clock.nowMs());
            throw new Error('no luck');
          });
        },
      ),
    ]);
    await client.send({ name: 'go', data: {} });
    await engine.advance(60 * minute);
    const waits = times.slice(1).map((time, index) => (time - (times[index] ?? 0)) / 1_000);
    expect(waits).toHaveLength(4);
    for (const [index, least] of [15, 30, 60, 120].entries()) {
      expect(waits[index]).toBeGreaterThanOrEqual(least);
      expect(waits[index]).toBeLessThan(least + 31);
    }
    expect(failures).toEqual(['no luck']);
  });

  test('a cron fires once for all the slots that a stop made it miss', async () => {
    const clock = createTestClock();
    const fired: string[] = [];
    const first = await bed.engine({ clock });
    const { served } = await bed.app(first, (inngest) => [
      inngest.createFunction({ id: 'tick', triggers: [{ cron: '*/5 * * * *' }] }, ({ event }) => {
        fired.push(String((event.data as { fireAt: string }).fireAt));
      }),
    ]);
    await first.advance(11 * minute);
    expect(fired).toEqual(['2026-01-14T12:05:00Z', '2026-01-14T12:10:00Z']);
    await first.stop();
    clock.advanceMs(60 * minute);
    const second = await bed.engine({ clock });
    await second.drain();
    expect(fired.slice(2)).toEqual(['2026-01-14T12:15:00Z']);
    await second.advance(5 * minute);
    expect(fired.slice(3)).toEqual(['2026-01-14T13:15:00Z']);
    expect(served.port).toBeGreaterThan(0);
  });
});

describe('an app that is away', () => {
  test('is called again without using up attempts, also when retries are 0', async () => {
    const clock = createTestClock();
    const engine = await bed.engine({ clock });
    const attempts: number[] = [];
    const { client, served } = await bed.app(engine, (inngest) => [
      inngest.createFunction(
        { id: 'f', retries: 0, triggers: [{ event: 'go' }] },
        async ({ attempt }) => {
          attempts.push(attempt);
        },
      ),
    ]);
    await served.close();
    await client.send({ name: 'go', data: {} });
    await engine.advance(5 * minute);
    expect(await bed.statuses()).toEqual(['queued']);
    const { serveFunctions } = await import('./suite/served-app');
    const again = await serveFunctions(
      client,
      [
        client.createFunction(
          { id: 'f', retries: 0, triggers: [{ event: 'go' }] },
          async ({ attempt }) => {
            attempts.push(attempt);
          },
        ),
      ],
      served.port,
    );
    try {
      await engine.advance(minute);
      expect(attempts).toEqual([0]);
      expect(await bed.statuses()).toEqual(['completed']);
    } finally {
      await again.close();
    }
  });

  test('for more than ten minutes fails the run by its attempts', async () => {
    const clock = createTestClock();
    const engine = await bed.engine({ clock });
    const { client, served } = await bed.app(engine, (inngest) => [
      inngest.createFunction({ id: 'f', retries: 1, triggers: [{ event: 'go' }] }, () => 'never'),
    ]);
    await served.close();
    await client.send({ name: 'go', data: {} });
    await engine.advance(9 * minute);
    expect(await bed.statuses()).toEqual(['queued']);
    await engine.advance(5 * minute);
    expect(await bed.statuses()).toEqual(['failed']);
  });
});
