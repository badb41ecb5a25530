import { referenceFunction } from 'inngest';
import type { Suite } from './harness';

/** Sleeping, waiting for events and signals, cancelling, invoking. */
export function waitingScenarios(s: Suite): void {
  waits(s);
  cancels(s);
  sleeps(s);
  invokes(s);
  signals(s);
}

function waits(s: Suite): void {
  s.add(
    s.inngest.createFunction(
      { id: 'wait', triggers: [{ event: s.event('wait') }] },
      async ({ step }) => {
        s.note('wait.start');
        const w = await step.waitForEvent('w', {
          event: s.event('wait.ok'),
          timeout: '20s',
          if: 'async.data.id == event.data.id',
        });
        s.note('wait.end', {
          w: w && {
            name: w.name.replace(s.mark36, ''),
            data: w.data as unknown,
            keys: Object.keys(w).sort().join(),
          },
        });
      },
    ),
    s.inngest.createFunction(
      { id: 'waitto', triggers: [{ event: s.event('waitto') }] },
      async ({ step }) => {
        s.note('waitto.start');
        const w = await step.waitForEvent('w', { event: s.event('never'), timeout: '2s' });
        s.note('waitto.end', { w });
      },
    ),
  );
  s.scenario('wait-match', async () => {
    await s.send('wait.ok', { id: 7, early: true });
    await s.send('wait', { id: 7 });
    await s.until(() => s.count('wait.start'));
    await s.wait(1_500);
    await s.send('wait.ok', { id: 8 });
    await s.wait(700);
    const endedBeforeMatch = s.count('wait.end');
    await s.send('wait.ok', { id: 7 });
    await s.send('wait.ok', { id: 7, second: true });
    const sent = Date.now();
    await s.until(() => s.count('wait.end'));
    const _latency = Date.now() - sent;
    await s.wait(800);
    return { endedBeforeMatch, ends: s.count('wait.end'), w: s.first('wait.end')?.w, _latency };
  });
  s.scenario('wait-timeout-2s', async () => {
    await s.send('waitto', {});
    await s.until(() => s.count('waitto.end'));
    const took = (s.seen('waitto.end')[0]?.t ?? 0) - (s.seen('waitto.start')[0]?.t ?? 0);
    return { w: s.first('waitto.end')?.w, secs: Math.round(took / 1_000) };
  });
}

function cancels(s: Suite): void {
  s.add(
    s.inngest.createFunction(
      {
        id: 'cancel',
        triggers: [{ event: s.event('cancel') }],
        cancelOn: [{ event: s.event('cancel.go'), match: 'data.id' }],
        onFailure: async () => s.note('cancel.failure'),
      },
      async ({ step, event }) => {
        s.note('cancel.start', { id: event.data.id });
        await step.sleep('z', '5s');
        s.note('cancel.end', { id: event.data.id });
      },
    ),
    s.inngest.createFunction(
      {
        id: 'cmid',
        triggers: [{ event: s.event('cmid') }],
        cancelOn: [{ event: s.event('cmid.go') }],
      },
      async ({ step }) => {
        await step.run('slow', async () => {
          s.note('cmid.in');
          await s.wait(1_500);
          s.note('cmid.out');
        });
        await step.run('next', () => s.note('cmid.next'));
        s.note('cmid.end');
      },
    ),
  );
  s.scenario('cancelOn-match', async () => {
    await s.send('cancel', { id: 1 });
    await s.send('cancel', { id: 2 });
    await s.until(() => s.count('cancel.start') >= 2);
    await s.wait(400);
    await s.send('cancel.go', { id: 1 });
    await s.until(() => s.count('cancel.end') >= 1, 9_000);
    await s.wait(2_000);
    const event = s
      .seen('cancelled.evt')
      .find((mark) => String(mark.function_id).endsWith('-cancel'));
    return {
      ended: s.list('cancel.end', 'id'),
      onFailureRuns: s.count('cancel.failure'),
      cancelledEvent: event && { keys: event.keys, inngest: event.inngest, rid: event.rid },
    };
  });
  s.scenario('cancel-mid-step', async () => {
    await s.send('cmid', {});
    await s.until(() => s.count('cmid.in'));
    await s.send('cmid.go', {});
    await s.wait(4_000);
    return {
      in: s.count('cmid.in'),
      out: s.count('cmid.out'),
      next: s.count('cmid.next'),
      end: s.count('cmid.end'),
    };
  });
}

function sleeps(s: Suite): void {
  const kinds = ['2s', '1500ms', 'compound', 'past', 'future'];
  s.add(
    s.inngest.createFunction(
      { id: 'sleepy', triggers: [{ event: s.event('sleepy') }] },
      async ({ step, event }) => {
        const k = String(event.data.k);
        s.note(`sleepy.start.${k}`);
        if (k === '2s') await step.sleep('a', '2s');
        if (k === '1500ms') await step.sleep('a', 1_500);
        if (k === 'compound') await step.sleep('a', '1m30s');
        if (k === 'past') await step.sleepUntil('a', new Date(Date.now() - 60_000));
        if (k === 'future') await step.sleepUntil('a', String(event.data.at));
        s.note(`sleepy.end.${k}`);
      },
    ),
  );
  s.scenario('sleeps', async () => {
    for (const k of kinds) {
      await s.send('sleepy', { k, at: new Date(Date.now() + 4_000).toISOString() });
    }
    await s.until(() => kinds.every((k) => s.count(`sleepy.end.${k}`)), 9_000);
    const halfSeconds = (k: string) => {
      const [start, end] = [s.seen(`sleepy.start.${k}`)[0], s.seen(`sleepy.end.${k}`)[0]];
      return start && end ? Math.round((end.t - start.t) / 500) / 2 : null;
    };
    return Object.fromEntries(kinds.map((k) => [k, halfSeconds(k)]));
  });
}

function invokes(s: Suite): void {
  const child = s.inngest.createFunction(
    { id: 'child', retries: 0, triggers: [{ event: s.event('child') }] },
    async ({ event, step }) => {
      const data = event.data as Record<string, unknown>;
      s.note('child', {
        name: event.name,
        keys: Object.keys(data).sort().join(),
        ing: data._inngest
          ? Object.keys(data._inngest as object)
              .sort()
              .join()
          : undefined,
      });
      if (data.slow) await step.sleep('z', '10s');
      if (data.fail) throw new Error('child bad');
      return { v: Number(data.v) * 2 };
    },
  );
  s.add(child);
  s.add(
    s.inngest.createFunction(
      { id: 'parent', retries: 0, triggers: [{ event: s.event('parent') }] },
      async ({ step, event }) => {
        const attempt = async (key: string, call: () => Promise<unknown>) => {
          try {
            s.note(`parent.${key}`, { r: await call() });
          } catch (error) {
            const { name, message } = error as Error;
            s.note(`parent.${key}`, { n: name, m: message.replaceAll(s.mark36, '') });
          }
        };
        switch (event.data.k) {
          case 'ok':
            return await attempt('ok', () =>
              step.invoke('i', { function: child, data: { v: 21 } }),
            );
          case 'fail':
            return await attempt('caught', () =>
              step.invoke('i', { function: child, data: { fail: true } }),
            );
          case 'timeout':
            return await attempt('timeout', () =>
              step.invoke('i', { function: child, data: { slow: true }, timeout: '2s' }),
            );
          default:
            return await attempt('missing', () =>
              step.invoke('i', { function: referenceFunction({ functionId: 'nope' }), data: {} }),
            );
        }
      },
    ),
    s.inngest.createFunction(
      { id: 'se', triggers: [{ event: s.event('se') }] },
      async ({ step }) => {
        const sent = await step.sendEvent(
          'go',
          [1, 2].map((a) => ({ name: s.event('se2'), data: { a } })),
        );
        s.note('se', { ids: sent.ids.length });
      },
    ),
    s.inngest.createFunction(
      { id: 'se2', triggers: [{ event: s.event('se2') }] },
      async ({ event }) => s.note('se2', { a: event.data.a }),
    ),
  );
  s.scenario('invoke', async () => {
    for (const k of ['ok', 'fail', 'timeout', 'missing']) await s.send('parent', { k });
    const ends = ['ok', 'caught', 'timeout', 'missing'];
    await s.until(() => ends.every((key) => s.count(`parent.${key}`)), 9_000);
    return {
      ...Object.fromEntries(ends.map((key) => [key, s.first(`parent.${key}`)])),
      childEvent: s.first('child'),
    };
  });
  s.scenario('step-sendEvent', async () => {
    await s.send('se', {});
    await s.until(() => s.count('se2') >= 2);
    const got = s.seen('se2').map((mark) => mark.a);
    return { ids: s.first('se')?.ids, got: got.sort().join() };
  });
}

function signals(s: Suite): void {
  s.add(
    s.inngest.createFunction(
      { id: 'sig', triggers: [{ event: s.event('sig') }] },
      async ({ step }) => {
        s.note('sig.start');
        const received = await step.waitForSignal('s', {
          signal: s.id('sig'),
          timeout: '15s',
          onConflict: 'replace',
        });
        s.note('sig.end', { received });
      },
    ),
  );
  s.scenario('signal', async () => {
    await s.send('sig', {});
    await s.until(() => s.count('sig.start'));
    await s.wait(1_500);
    const sent = await s.inngest.sendSignal({ signal: s.id('sig'), data: { a: 1 } });
    await s.until(() => s.count('sig.end'), 6_000);
    const received = s.first('sig.end')?.received as object | undefined;
    return { ret: Object.keys(sent).join(), s: received && { ...received, signal: '-' } };
  });
}
