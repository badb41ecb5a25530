import type { Suite } from './harness';

/** Concurrency, throttling, rate limits, debouncing, batches, singletons, priority. */
export function flowScenarios(s: Suite): void {
  concurrency(s);
  throttles(s);
  rateLimits(s);
  debounces(s);
  batches(s);
  singletons(s);
}

function concurrency(s: Suite): void {
  const running: Record<string, number> = {};
  const most: Record<string, number> = {};
  s.add(
    s.inngest.createFunction(
      {
        id: 'conc',
        concurrency: { limit: 1, key: 'event.data.k' },
        triggers: [{ event: s.event('conc') }],
      },
      async ({ event, step }) => {
        const k = String(event.data.k);
        await step.run('w', async () => {
          running[k] = (running[k] ?? 0) + 1;
          most[k] = Math.max(most[k] ?? 0, running[k]);
          most.all = Math.max(most.all ?? 0, (running.a ?? 0) + (running.b ?? 0));
          await s.wait(300);
          running[k] -= 1;
        });
        s.note('conc');
      },
    ),
    s.inngest.createFunction(
      { id: 'concsleep', concurrency: 1, triggers: [{ event: s.event('concsleep') }] },
      async ({ step, event }) => {
        s.note(`cs.start.${String(event.data.i)}`);
        await step.sleep('z', '2s');
        s.note('cs.end');
      },
    ),
    s.inngest.createFunction(
      {
        id: 'prio',
        concurrency: 1,
        priority: { run: 'event.data.p' },
        triggers: [{ event: s.event('prio') }],
      },
      async ({ event, step }) => {
        await step.run('x', async () => {
          s.note('prio', { p: event.data.p });
          await s.wait(400);
        });
      },
    ),
  );
  s.scenario('concurrency-key-limit1', async () => {
    for (const k of ['a', 'a', 'a', 'b', 'b']) await s.send('conc', { k });
    await s.until(() => s.count('conc') >= 5, 20_000);
    return {
      done: s.count('conc'),
      maxA: most.a,
      maxB: most.b,
      overlapAcrossKeys: (most.all ?? 0) > 1,
    };
  });
  s.scenario('concurrency-not-held-while-sleeping', async () => {
    await s.send('concsleep', { i: 1 });
    await s.send('concsleep', { i: 2 });
    await s.until(() => s.count('cs.end') >= 2, 12_000);
    const [first, second] = [s.seen('cs.start.1')[0], s.seen('cs.start.2')[0]];
    const end = s.seen('cs.end')[0];
    return {
      secondStartsBeforeFirstEnds:
        first && second && end ? Math.max(first.t, second.t) < end.t : null,
    };
  });
  s.scenario('priority', async () => {
    await s.send('prio', { p: 0 });
    await s.until(() => s.count('prio'));
    for (const p of [-100, 0, 300]) await s.send('prio', { p });
    await s.until(() => s.count('prio') >= 4, 12_000);
    return { order: s.list('prio', 'p') };
  });
}

function gaps(s: Suite, key: string): number[] {
  const times = s.seen(key).map((mark) => mark.t);
  return times.slice(1).map((time, index) => time - (times[index] ?? 0));
}

function throttles(s: Suite): void {
  const throttled = (
    id: string,
    throttle: { limit: number; period: '3s' | '6s'; burst?: number },
  ) =>
    s.add(
      s.inngest.createFunction({ id, throttle, triggers: [{ event: s.event(id) }] }, async () =>
        s.note(id),
      ),
    );
  throttled('thr', { limit: 1, period: '3s' });
  throttled('thr3', { limit: 3, period: '6s' });
  throttled('thr3b', { limit: 3, period: '6s', burst: 2 });
  s.scenario('throttle-1-per-3s', async () => {
    for (let i = 0; i < 3; i += 1) await s.send('thr', { i });
    await s.until(() => s.count('thr') >= 3, 16_000);
    return {
      runs: s.count('thr'),
      gaps_ge_2s: gaps(s, 'thr')
        .map((gap) => gap >= 2_000)
        .join(),
      _gaps: gaps(s, 'thr').join(),
    };
  });
  const six = async (id: string) => {
    for (let i = 0; i < 6; i += 1) await s.send(id, { i });
    await s.until(() => s.count(id) >= 6, 18_000);
    const rounded = gaps(s, id).map((gap) => Math.round(gap / 1_000));
    return { runs: s.count(id), gapsRounded: rounded.join() };
  };
  s.scenario('throttle-3-per-6s', () => six('thr3'));
  s.scenario('throttle-3-per-6s-burst2', () => six('thr3b'));
}

function rateLimits(s: Suite): void {
  s.add(
    s.inngest.createFunction(
      {
        id: 'rl',
        rateLimit: { limit: 1, period: '30s', key: 'event.data.k' },
        triggers: [{ event: s.event('rl') }],
      },
      async ({ event }) => s.note('rl', { i: event.data.i }),
    ),
    s.inngest.createFunction(
      {
        id: 'rl2',
        rateLimit: { limit: 2, period: '30s' },
        triggers: [{ event: s.event('rl2') }],
      },
      async ({ event }) => s.note('rl2', { i: event.data.i }),
    ),
  );
  const ran = (key: string) =>
    s
      .seen(key)
      .map((mark) => mark.i)
      .sort()
      .join();
  s.scenario('rateLimit-drops', async () => {
    await s.send('rl', { k: 'a', i: 1 });
    await s.wait(200);
    await s.send('rl', { k: 'a', i: 2 });
    await s.send('rl', { k: 'b', i: 3 });
    await s.wait(2_500);
    return { ran: ran('rl') };
  });
  s.scenario('rateLimit-2-per-30s', async () => {
    for (let i = 1; i <= 5; i += 1) {
      await s.send('rl2', { i });
      await s.wait(120);
    }
    await s.wait(2_500);
    return { ran: s.count('rl2'), which: ran('rl2') };
  });
}

function debounces(s: Suite): void {
  s.add(
    s.inngest.createFunction(
      {
        id: 'deb',
        debounce: { period: '3s', key: 'event.data.k' },
        triggers: [{ event: s.event('deb') }],
      },
      async ({ event, events }) => s.note('deb', { i: event.data.i, n: events.length }),
    ),
    s.inngest.createFunction(
      { id: 'debts', debounce: { period: '2s' }, triggers: [{ event: s.event('debts') }] },
      async ({ event }) => s.note('debts', { k: event.data.k }),
    ),
  );
  s.scenario('debounce-3s-last-wins', async () => {
    const start = Date.now();
    for (let i = 1; i <= 3; i += 1) {
      await s.send('deb', { k: 'a', i });
      await s.wait(700);
    }
    await s.until(() => s.count('deb'), 12_000);
    const took = (s.seen('deb')[0]?.t ?? 0) - start;
    await s.wait(3_500);
    const first = s.first('deb');
    return {
      runs: s.count('deb'),
      i: first?.i,
      events: first?.n,
      secsFromFirst: Math.round(took / 1_000),
    };
  });
  s.scenario('debounce-older-ts-ignored', async () => {
    const now = Date.now();
    await s.send('debts', { k: 'newer' }, { ts: now });
    await s.wait(100);
    await s.send('debts', { k: 'older' }, { ts: now - 60_000 });
    await s.until(() => s.count('debts'), 8_000);
    return { k: s.first('debts')?.k };
  });
}

function batches(s: Suite): void {
  s.add(
    s.inngest.createFunction(
      {
        id: 'batch',
        batchEvents: { maxSize: 3, timeout: '4s' },
        triggers: [{ event: s.event('batch') }],
      },
      async ({ events }) => s.note('batch', { n: events.length }),
    ),
    s.inngest.createFunction(
      {
        id: 'bk',
        batchEvents: { maxSize: 2, timeout: '3s', key: 'event.data.k' },
        triggers: [{ event: s.event('bk') }],
      },
      async ({ events }) =>
        s.note('bk', {
          k: events.map((event: { data: { k?: unknown } }) => event.data.k).join(''),
        }),
    ),
  );
  s.scenario('batch-3-or-4s', async () => {
    for (let i = 1; i <= 4; i += 1) await s.send('batch', { i });
    const sent = Date.now();
    await s.until(() => s.count('batch') >= 2, 14_000);
    const [first, second] = s.seen('batch');
    return {
      sizes: s.list('batch', 'n'),
      _firstAfter: (first?.t ?? 0) - sent,
      secondSecs: second ? Math.round((second.t - sent) / 1_000) : null,
    };
  });
  s.scenario('batch-key-partition', async () => {
    for (const k of ['a', 'b', 'a', 'c']) await s.send('bk', { k });
    await s.until(() => s.count('bk') >= 3, 9_000);
    const keys = s.seen('bk').map((mark) => mark.k);
    return { batches: keys.sort().join() };
  });
}

function singletons(s: Suite): void {
  s.add(
    s.inngest.createFunction(
      {
        id: 'sing',
        singleton: { key: 'event.data.k', mode: 'skip' },
        triggers: [{ event: s.event('sing') }],
      },
      async ({ step, event }) => {
        s.note('sing', { i: event.data.i });
        await step.sleep('z', '3s');
      },
    ),
  );
  s.scenario('singleton-skip', async () => {
    await s.send('sing', { k: 1, i: 1 });
    await s.until(() => s.count('sing'));
    await s.send('sing', { k: 1, i: 2 });
    await s.send('sing', { k: 2, i: 3 });
    await s.wait(2_000);
    return { ran: [...new Set(s.seen('sing').map((mark) => mark.i))].join() };
  });
}
