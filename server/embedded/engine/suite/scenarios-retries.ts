import { NonRetriableError, RetryAfterError } from 'inngest';
import type { Failed, Suite } from './harness';

/** Code that throws, stops responding, or is cancelled. */
export function retryScenarios(s: Suite): void {
  steps(s);
  failures(s);
  ends(s);
  losses(s);
}

function steps(s: Suite): void {
  s.add(
    s.inngest.createFunction(
      { id: 'retrystep', retries: 3, triggers: [{ event: s.event('retrystep') }] },
      async ({ step, attempt, maxAttempts }) => {
        s.note('retrystep.fn', { attempt, maxAttempts });
        const work = (name: string, failures: number) => () => {
          s.note(name, { attempt });
          if (s.count(name) <= failures) throw new Error('no');
          return 'ok';
        };
        await step.run('s', work('retrystep.s', 2));
        await step.run('s2', work('retrystep.s2', 1));
        s.note('retrystep.end');
      },
    ),
    s.inngest.createFunction(
      { id: 'catch', retries: 0, triggers: [{ event: s.event('catch') }] },
      async ({ step }) => {
        let caught: Error | undefined;
        try {
          await step.run('boom', () => {
            s.note('catch.boom');
            throw new TypeError('zz');
          });
        } catch (error) {
          caught = error as Error;
        }
        const r = await step.run('rec', () => ({ n: caught?.name, m: caught?.message }));
        s.note('catch.end', { r });
      },
    ),
    s.inngest.createFunction(
      { id: 'fnerr', retries: 2, triggers: [{ event: s.event('fnerr') }] },
      async ({ step, attempt }) => {
        await step.run('a', () => s.note('fnerr.a'));
        s.note('fnerr.body', { attempt });
        if (s.count('fnerr.body') < 3) throw new Error('body');
        return 'ok';
      },
    ),
  );
  s.scenario('retry-step', async () => {
    await s.send('retrystep', {});
    await s.until(() => s.count('retrystep.end'), 20_000);
    return {
      s_attempts: s.list('retrystep.s', 'attempt'),
      s2_attempts_reset_per_step: s.list('retrystep.s2', 'attempt'),
      maxAttempts: s.first('retrystep.fn')?.maxAttempts,
      ended: s.count('retrystep.end'),
    };
  });
  s.scenario('catch-step-error', async () => {
    await s.send('catch', {});
    await s.until(() => s.count('catch.end'));
    return { boom: s.count('catch.boom'), r: s.first('catch.end')?.r };
  });
  s.scenario('fn-body-error-after-step', async () => {
    await s.send('fnerr', {});
    await s.until(() => s.count('fnerr.body') >= 3, 9_000);
    return { a: s.count('fnerr.a'), attempts: s.list('fnerr.body', 'attempt') };
  });
}

function failures(s: Suite): void {
  s.add(
    s.inngest.createFunction(
      {
        id: 'exh',
        retries: 1,
        triggers: [{ event: s.event('exh') }],
        onFailure: async ({ event, error, maxAttempts }: Failed) => {
          const { data } = event;
          s.note('exh.failure', {
            name: event.name,
            keys: Object.keys(data).sort().join(),
            fnid: String(data.function_id).replace(`-${s.mark36}`, ''),
            orig: (data.event as { data: unknown }).data,
            err: error.message,
            ename: error.name,
            maxAttempts,
            inngest: data._inngest,
            derr: Object.keys(data.error as object)
              .sort()
              .join(),
            idIsRunId: event.id === data.run_id,
          });
        },
      },
      async ({ step }) => {
        await step.run('s', () => {
          s.note('exh.s');
          throw new TypeError('bad');
        });
      },
    ),
    s.inngest.createFunction(
      {
        id: 'nonretry',
        triggers: [{ event: s.event('nonretry') }],
        onFailure: async () => s.note('nonretry.failure'),
      },
      async () => {
        s.note('nonretry');
        throw new NonRetriableError('never');
      },
    ),
    s.inngest.createFunction({ id: 'after', triggers: [{ event: s.event('after') }] }, async () => {
      s.note('after');
      if (s.count('after') < 2) throw new RetryAfterError('later', '4s');
    }),
  );
  s.scenario('retry-exhaust-onFailure', async () => {
    await s.send('exh', { z: 1 });
    await s.until(() => s.count('exh.failure'));
    return { attempts: s.count('exh.s'), f: s.first('exh.failure') };
  });
  s.scenario('nonretriable-fn', async () => {
    await s.send('nonretry', {});
    await s.until(() => s.count('nonretry.failure'));
    await s.wait(1_500);
    return { attempts: s.count('nonretry'), failures: s.count('nonretry.failure') };
  });
  s.scenario('retry-after-4s', async () => {
    await s.send('after', {});
    await s.until(() => s.count('after') >= 2);
    const [first, second] = s.seen('after');
    const gap = first && second ? second.t - first.t : Number.NaN;
    return { gap_s_approx: Math.round(gap / 1_000) };
  });
}

function ends(s: Suite): void {
  s.add(
    s.inngest.createFunction(
      { id: 'oncancelled', triggers: [{ event: 'inngest/function.cancelled' }] },
      async ({ event }) => {
        const data = event.data as Record<string, unknown>;
        if (!String(data.function_id).includes(s.mark36)) return;
        s.note('cancelled.evt', {
          function_id: data.function_id,
          keys: Object.keys(data).sort().join(),
          inngest: data._inngest,
          rid: data.run_id === event.id,
        });
      },
    ),
    s.inngest.createFunction({ id: 'fin', triggers: [{ event: s.event('fin') }] }, async () => ({
      ok: 1,
    })),
    s.inngest.createFunction(
      {
        id: 'onfin',
        triggers: [
          {
            event: 'inngest/function.finished',
            if: `event.data.function_id == '${s.id('scn')}-fin'`,
          },
        ],
      },
      async ({ event }) => {
        const data = event.data as Record<string, unknown>;
        s.note('fin.evt', {
          keys: Object.keys(data).sort().join(),
          result: data.result,
          ing: data._inngest,
        });
      },
    ),
    s.inngest.createFunction(
      {
        id: 'fint',
        timeouts: { finish: '2s' },
        triggers: [{ event: s.event('fint') }],
        onFailure: async () => s.note('fint.failure'),
      },
      async ({ step }) => {
        await step.sleep('z', '6s');
        s.note('fint.end');
      },
    ),
  );
  s.scenario('function-finished-event', async () => {
    await s.send('fin', {});
    await s.until(() => s.count('fin.evt'), 5_000);
    return s.first('fin.evt');
  });
  s.scenario('timeouts-finish', async () => {
    await s.send('fint', {});
    await s.wait(8_500);
    return {
      end: s.count('fint.end'),
      onFailure: s.count('fint.failure'),
      cancelled: s.seen('cancelled.evt').some((mark) => String(mark.function_id).endsWith('-fint')),
    };
  });
}

function losses(s: Suite): void {
  let isFirst = true;
  s.add(
    s.inngest.createFunction(
      { id: 'crash', retries: 2, triggers: [{ event: s.event('crash') }] },
      async ({ step, attempt }) => {
        await step.run('one', () => s.note('crash.one'));
        await step.run('two', async () => {
          s.note('crash.two', { attempt });
          if (!isFirst) return;
          isFirst = false;
          s.note('crash.now');
          await s.wait(10_000);
        });
        s.note('crash.end');
      },
    ),
  );
  s.scenario('connection-drop-mid-step', async () => {
    await s.send('crash', {});
    await s.until(() => s.count('crash.now'));
    await s.wait(100);
    for (const socket of s.breakable) socket.destroy();
    await s.until(() => s.count('crash.end'));
    return {
      one_execs_memoized: s.count('crash.one'),
      two_attempts: s.list('crash.two', 'attempt'),
      ended: s.count('crash.end'),
    };
  });
}
