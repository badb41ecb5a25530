import { randomBytes } from 'node:crypto';
import { cron } from 'inngest';
import { bearerTokenOf } from '@/server/platform/engine-signature';
import type { Suite } from './harness';

/** Which runs an event starts: ids, idempotency, triggers, the event API, cron, registration. */
export function deliveryScenarios(s: Suite): void {
  ids(s);
  triggers(s);
  eventApi(s);
  times(s);
  registration(s);
}

function ids(s: Suite): void {
  for (const name of ['dedup', 'seed', 'same']) {
    s.add(
      s.inngest.createFunction({ id: name, triggers: [{ event: s.event(name) }] }, async () =>
        s.note(name),
      ),
    );
  }
  s.scenario('event-id-dedup', async () => {
    const first = await s.send('dedup', {}, { id: s.id('fixed') });
    const second = await s.send('dedup', {}, { id: s.id('fixed') });
    await s.wait(2_500);
    const id = first.ids[0] ?? '';
    return {
      runs: s.count('dedup'),
      sameIds: id === second.ids[0],
      returnsCustomId: id === s.id('fixed'),
      idShape: /^[0-9A-HJKMNP-TV-Z]{26}$/.test(id) ? 'ULID' : id,
    };
  });

  s.scenario('event-id-seed-dedup', async () => {
    const seed = `${Date.now()},${randomBytes(10).toString('base64')}`;
    const send = async () => {
      const answer = await post(s, `/e/${s.eventKey}`, [{ name: s.event('seed'), data: {} }], {
        'x-inngest-event-id-seed': seed,
      });
      return (await answer.json()) as { ids: string[] };
    };
    const [first, second] = [await send(), await send()];
    await s.wait(2_500);
    return { runs: s.count('seed'), sameIds: first.ids[0] === second.ids[0] };
  });

  s.scenario('same-id-within-one-request', async () => {
    const event = { id: `dup${s.mark36}`, name: s.event('same') };
    await s.inngest.send([
      { ...event, data: { i: 1 } },
      { ...event, data: { i: 2 } },
    ]);
    await s.wait(2_000);
    return { runs: s.count('same') };
  });

  s.add(
    s.inngest.createFunction(
      { id: 'idem', idempotency: 'event.data.k', triggers: [{ event: s.event('idem') }] },
      async ({ event }) => s.note('idem', { k: event.data.k }),
    ),
    s.inngest.createFunction(
      { id: 'eid', triggers: [{ event: s.event('eid') }] },
      async ({ event, runId }) =>
        s.note('eid', {
          customIdSeen: event.id === `custom-1${s.mark36}`,
          v: event.v,
          user: event.user,
          ts: typeof event.ts,
          runIdLen: runId.length,
        }),
    ),
  );
  s.scenario('fn-idempotency', async () => {
    for (const k of ['a', 'a', 'b']) await s.send('idem', { k });
    await s.wait(2_500);
    const keys = s.seen('idem').map((mark) => mark.k);
    return { runs: keys.length, keys: keys.sort().join() };
  });
  s.scenario('event-id-visible', async () => {
    await s.send('eid', {}, { id: `custom-1${s.mark36}`, v: '2024-01' });
    await s.until(() => s.count('eid'));
    return s.first('eid');
  });
}

function triggers(s: Suite): void {
  const prefix = `s${s.mark36}`;
  s.add(
    s.inngest.createFunction({ id: 'fan1', triggers: [{ event: s.event('fan') }] }, async () =>
      s.note('fan1'),
    ),
    s.inngest.createFunction(
      { id: 'fan2', triggers: [{ event: s.event('fan') }, { event: `${prefix}/fan*` }] },
      async () => s.note('fan2'),
    ),
    s.inngest.createFunction({ id: 'fanwild', triggers: [{ event: `${prefix}/fa*` }] }, async () =>
      s.note('fanwild'),
    ),
    s.inngest.createFunction(
      {
        id: 'trigif',
        triggers: [{ event: s.event('trigif'), if: "event.data.n > 5 && event.data.s == 'x'" }],
      },
      async ({ event }) => s.note('trigif', { n: event.data.n }),
    ),
  );
  s.scenario('fanout-and-wildcard', async () => {
    await s.send('fan', {});
    await s.until(() => s.count('fan1') && s.count('fan2') && s.count('fanwild'), 4_000);
    await s.wait(500);
    return {
      fan1: s.count('fan1'),
      fan2_twoMatchingTriggers: s.count('fan2'),
      wildcard: s.count('fanwild'),
    };
  });
  s.scenario('trigger-if', async () => {
    await s.send('trigif', { n: 6, s: 'x' });
    await s.send('trigif', { n: 4, s: 'x' });
    await s.send('trigif', { n: 9, s: 'y' });
    await s.send('trigif', {});
    await s.wait(2_000);
    return { ran: s.list('trigif', 'n') };
  });
}

function eventApi(s: Suite): void {
  const attempt = async (body: unknown, shown = 140): Promise<string> => {
    const answer = await post(s, `/e/${s.eventKey}`, body);
    const text = (await answer.text()).slice(0, shown);
    return `${answer.status} ${text.replace(/01[0-9A-Z]{24}/g, '<ULID>')}`;
  };
  const event = (over: object) => ({ name: 'q/x', data: {}, ...over });
  s.scenario('event-api-errors', async () => ({
    single: await attempt(event({})),
    empty: await attempt([]),
    noname: await attempt({ data: {} }),
    internal: await attempt(event({ name: 'inngest/foo' })),
    badjson: await attempt('{nope'),
    strdata: await attempt(event({ data: 'str' })),
    oldts: await attempt(event({ ts: 5 })),
    big: await attempt(event({ data: { a: 'x'.repeat(3.2 * 1024 * 1024) } })),
    medium600k: await attempt(event({ data: { a: 'x'.repeat(600 * 1024) } })),
  }));
}

function times(s: Suite): void {
  s.add(
    s.inngest.createFunction({ id: 'future', triggers: [{ event: s.event('future') }] }, async () =>
      s.note('future'),
    ),
    s.inngest.createFunction({ id: 'cron', triggers: [cron('* * * * *')] }, async ({ event }) =>
      s.note('cron', { event: { name: event.name, data: event.data, hasId: Boolean(event.id) } }),
    ),
  );
  s.scenario('event-ts-in-future-delays', async () => {
    const sent = Date.now();
    await s.send('future', {}, { ts: sent + 4_000 });
    await s.until(() => s.count('future'), 8_000);
    const [mark] = s.seen('future');
    return { secs: mark ? Math.round((mark.t - sent) / 1_000) : null };
  });
  s.scenario('cron-every-minute', async () => {
    await s.until(() => s.count('cron'), 65_000);
    const [mark] = s.seen('cron');
    return mark ? { event: mark.event, secondOfMinute: new Date(mark.t).getSeconds() } : null;
  });
}

function registration(s: Suite): void {
  const { keys } = s.options;
  const bearer = `Bearer ${keys ? bearerTokenOf(keys.signingKey) : 'x'}`;
  const register = async (kind: string, over: object): Promise<number> => {
    const id = `bad${kind}${s.mark36}`;
    const url = `${s.appUrl}?fnId=${id}-f&stepId=step`;
    const fn = {
      id: `${id}-f`,
      name: 'f',
      triggers: [{ event: 'q' }],
      steps: { step: { id: 'step', name: 'step', runtime: { type: 'http', url } } },
      ...over,
    };
    const app = { url: s.appUrl, deployType: 'ping', framework: 'nodejs', appName: id };
    const answer = await post(
      s,
      '/fn/register',
      { ...app, functions: [fn], sdk: 'js:v4.24.0', v: '0.1' },
      { 'x-inngest-sdk': 'js:v4.24.0', authorization: bearer },
    );
    return answer.status;
  };
  const batch = (maxSize: number) => ({ batchEvents: { maxSize, timeout: '1s' } });
  s.scenario('bad-config-rejected', async () => ({
    cron: await register('cron', { triggers: [{ cron: 'not a cron' }] }),
    cel: await register('cel', { triggers: [{ event: 'q', expression: 'event.data.(' }] }),
    batchcancel: await register('batchcancel', { ...batch(2), cancel: [{ event: 'c' }] }),
    deb: await register('deb', { debounce: { period: '100ms' } }),
    ok: await register('ok', {}),
    batch200: await register('batch200', batch(200)),
    conc3: await register('conc3', {
      concurrency: [{ limit: 1 }, { limit: 2, key: "'a'" }, { limit: 3, key: "'b'" }],
    }),
  }));
}

async function post(
  s: Suite,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  return await fetch(s.options.engineUrl + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}
