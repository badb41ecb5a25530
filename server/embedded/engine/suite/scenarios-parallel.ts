import type { Failed, Suite } from './harness';

/** Parallel and sequential steps, races, large outputs. */
export function parallelScenarios(s: Suite): void {
  groups(s);
  races(s);
  rows(s);
}

function groups(s: Suite): void {
  s.add(
    s.inngest.createFunction(
      { id: 'par', triggers: [{ event: s.event('par') }] },
      async ({ step }) => {
        s.note('par.call');
        const parts = await Promise.all(
          ['a', 'b', 'c'].map((x) =>
            step.run(x, async () => {
              s.note('par.s');
              await s.wait(300);
              s.note('par.e');
              return x;
            }),
          ),
        );
        s.note('par.end', { r: parts.join('') });
      },
    ),
    s.inngest.createFunction(
      { id: 'parfail', retries: 0, triggers: [{ event: s.event('parfail') }] },
      async ({ step }) => {
        const parts = await Promise.allSettled([
          step.run('a', () => 'A'),
          step.run('b', () => {
            s.note('parfail.b');
            throw new Error('bb');
          }),
          step.run('c', () => 'C'),
        ]);
        const r = parts.map((part) =>
          part.status === 'fulfilled'
            ? `f:${String(part.value)}`
            : `r:${(part.reason as Error).message}`,
        );
        s.note('parfail.end', { r: r.join() });
      },
    ),
  );
  s.scenario('parallel-3', async () => {
    await s.send('par', {});
    await s.until(() => s.count('par.end'), 9_000);
    await s.wait(600);
    const starts = s.seen('par.s').map((mark) => mark.t);
    const ends = s.seen('par.e').map((mark) => mark.t);
    return {
      result: s.first('par.end')?.r,
      stepExecs: starts.length,
      overlapped: Math.max(...starts) < Math.min(...ends),
      fnCalls: s.count('par.call'),
      ends: s.count('par.end'),
    };
  });
  s.scenario('parallel-allSettled-one-fails', async () => {
    await s.send('parfail', {});
    await s.until(() => s.count('parfail.end'), 8_000);
    return { b: s.count('parfail.b'), r: s.first('parfail.end')?.r };
  });
}

function races(s: Suite): void {
  s.add(
    s.inngest.createFunction(
      { id: 'race', triggers: [{ event: s.event('race') }] },
      async ({ step, group }) => {
        s.note('race.start');
        const w = await group.parallel(() =>
          Promise.race([
            step.sleep('s', '6s').then(() => 'sleep'),
            step
              .waitForEvent('w', { event: s.event('race.ok'), timeout: '10s' })
              .then(() => 'event'),
          ]),
        );
        s.note('race.won', { w });
      },
    ),
    s.inngest.createFunction(
      { id: 'plainrace', triggers: [{ event: s.event('prace') }] },
      async ({ step }) => {
        s.note('prace.start');
        const w = await Promise.race([
          step.sleep('s', '3s').then(() => 'sleep'),
          step
            .waitForEvent('w', { event: s.event('prace.ok'), timeout: '10s' })
            .then(() => 'event'),
        ]);
        s.note('prace.won', { w });
      },
    ),
  );
  s.scenario('race-sleep-vs-event', async () => {
    await s.send('race', {});
    await s.until(() => s.count('race.start'));
    const start = Date.now();
    await s.wait(1_500);
    await s.send('race.ok', {});
    await s.until(() => s.count('race.won'), 9_000);
    const won = s.seen('race.won')[0];
    return { w: won?.w, early: won !== undefined && won.t - start < 5_000 };
  });
  s.scenario('plain-Promise.race-waits-for-all', async () => {
    await s.send('prace', {});
    await s.until(() => s.count('prace.start'));
    const start = Date.now();
    await s.wait(800);
    await s.send('prace.ok', {});
    await s.until(() => s.count('prace.won'), 9_000);
    const won = s.seen('prace.won')[0];
    return { w: won?.w, secs: Math.round(((won?.t ?? 0) - start) / 1_000) };
  });
}

function rows(s: Suite): void {
  s.add(
    s.inngest.createFunction(
      { id: 'loop', triggers: [{ event: s.event('loop') }] },
      async ({ step }) => {
        s.note('loop.call');
        let sum = 0;
        for (let i = 0; i < 10; i += 1) {
          sum += await step.run('i', () => {
            s.note('loop.s');
            return i;
          });
        }
        s.note('loop.end', { s: sum });
      },
    ),
    s.inngest.createFunction(
      {
        id: 'big',
        retries: 0,
        triggers: [{ event: s.event('big') }],
        onFailure: async ({ error }: Failed) =>
          s.note('big.failure', { n: error.name, m: error.message }),
      },
      async ({ step }) => {
        await step.run('b', () => 'x'.repeat(4.5 * 1024 * 1024));
        s.note('big.end');
      },
    ),
  );
  s.scenario('sequential-10-steps', async () => {
    const start = Date.now();
    await s.send('loop', {});
    await s.until(() => s.count('loop.end'), 30_000);
    return {
      s: s.first('loop.end')?.s,
      stepExecs: s.count('loop.s'),
      _fnCalls: s.count('loop.call'),
      _ms: Date.now() - start,
    };
  });
  s.scenario('step-output-4.5MB', async () => {
    await s.send('big', {});
    await s.until(() => s.count('big.failure') || s.count('big.end'), 8_000);
    return { failure: s.first('big.failure'), end: s.count('big.end') };
  });
}
