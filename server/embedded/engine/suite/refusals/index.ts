import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { type EventCase, eventCases } from './events';
import { type RegistrationCase, registrationCases } from './registrations';
import { replyCases } from './replies';
import { type ReplyVerdict, startReplyApp } from './reply-app';
import { STRICTER } from './stricter';

/** An engine, the embedded one or Inngest itself. */
export interface AskedEngine {
  url: string;
  eventKey?: string;
  signingKey?: string;
}

/** What an engine made of each case: the status it answered, or what became of the run. */
export interface Refusals {
  events: Record<string, number>;
  registrations: Record<string, number>;
  replies: Record<string, ReplyVerdict>;
}

const GOLDEN = new URL('refusals.golden.json', import.meta.url);

/** What the real server was seen to do. */
export function readRefusals(): Refusals {
  return JSON.parse(readFileSync(GOLDEN, 'utf8')) as Refusals;
}

/** Writes down what a real server does now. */
export function recordRefusals(refusals: Refusals): void {
  writeFileSync(GOLDEN, `${JSON.stringify(refusals, null, 2)}\n`);
}

/**
 * Puts every case to an engine that retries after a second. A run that does nothing is watched for
 * `watchMs`; with nothing but such runs left, as `wanted` says, the watch ends.
 */
export async function observeRefusals(
  engine: AskedEngine,
  { watchMs, wanted }: { watchMs: number; wanted?: Refusals },
): Promise<Refusals> {
  const mark = Date.now().toString(36);
  const events: Record<string, number> = {};
  for (const each of eventCases) events[each.name] = await sendEvent(engine, each);
  const registrations: Record<string, number> = {};
  for (const [at, each] of registrationCases.entries()) {
    registrations[each.name] = await register(engine, `refusals${mark}x${at}`, each);
  }
  return {
    events,
    registrations,
    replies: await observeReplies(engine, `replies${mark}`, watchMs, wanted),
  };
}

async function sendEvent({ url, eventKey = 'key' }: AskedEngine, { body }: EventCase) {
  return await post(`${url}/e/${eventKey}`, body);
}

async function register(
  engine: AskedEngine,
  app: string,
  { fn = {}, app: over = {}, body, more = [] }: RegistrationCase,
): Promise<number> {
  const make = (changes: object) => ({
    id: `${app}-f`,
    name: 'f',
    triggers: [{ event: `${app}/q` }],
    steps: {
      step: {
        id: 'step',
        name: 'step',
        runtime: { type: 'http', url: `http://127.0.0.1:9/${app}` },
        retries: { attempts: 1 },
      },
    },
    ...changes,
  });
  return await post(
    `${engine.url}/fn/register`,
    body ?? request(app, `http://127.0.0.1:9/${app}`, [make(fn), ...more.map(make)], over),
    bearer(engine),
  );
}

async function observeReplies(
  engine: AskedEngine,
  app: string,
  watchMs: number,
  wanted: Refusals | undefined,
): Promise<Refusals['replies']> {
  const served = await startReplyApp(app, replyCases);
  try {
    const status = await post(
      `${engine.url}/fn/register`,
      request(app, served.url, served.functions),
      bearer(engine),
    );
    if (status !== 200) throw new Error(`The functions were not registered: ${status}`);
    await post(
      `${engine.url}/e/${engine.eventKey ?? 'key'}`,
      replyCases.map((_, at) => ({ name: `${app}/${at}`, data: {} })),
    );
    const active = replyCases.filter(
      ({ name }) => !wanted || expectedReply(wanted, name) !== 'waits',
    );
    const deadline = Date.now() + watchMs;
    while (active.some(({ name }) => !served.verdicts.has(name)) && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return Object.fromEntries(
      replyCases.map(({ name }) => [name, served.verdicts.get(name) ?? 'waits']),
    );
  } finally {
    served.close();
  }
}

function request(appName: string, url: string, functions: object[], over: object = {}): object {
  const sdk = { framework: 'nodejs', sdk: 'js:v4.24.0', v: '0.1', deployType: 'ping' };
  return { ...sdk, url, appName, functions, ...over };
}

/** The header by which an app proves that it has the server's signing key. */
function bearer({ signingKey }: AskedEngine): Record<string, string> {
  if (!signingKey) return {};
  const key = signingKey.replace(/^signkey-\w+-/, '');
  const hash = createHash('sha256').update(Buffer.from(key, 'hex')).digest('hex');
  return { authorization: `Bearer ${signingKey.slice(0, -key.length)}${hash}` };
}

async function post(
  url: string,
  body: string | object,
  headers: Record<string, string> = {},
): Promise<number> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-inngest-sdk': 'js:v4.24.0', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  await response.arrayBuffer();
  return response.status;
}

/**
 * How an engine's verdicts differ from the real server's, one line each. Accepting what the real
 * server refuses is always a difference; refusing what it accepts is one unless it is listed, with
 * its reason, among what the embedded engine is stricter about.
 */
export function differingRefusals(wanted: Refusals, seen: Refusals): string[] {
  const statuses = (['events', 'registrations'] as const).flatMap((table) =>
    Object.entries(wanted[table]).flatMap(([name, status]) => {
      const own = seen[table][name] ?? 0;
      if (own >= 500 || own === 0) return [`${table}: ${name}: answered ${own}`];
      const stricter = STRICTER[table][name] !== undefined;
      if (isAccepted(own) === (isAccepted(status) && !stricter)) return [];
      return [`${table}: ${name}: the real server answered ${status}, this one ${own}`];
    }),
  );
  const replies = Object.keys(wanted.replies).flatMap((name) => {
    const own = seen.replies[name];
    const expected = expectedReply(wanted, name);
    return own === expected ? [] : [`replies: ${name}: expected "${expected}", seen "${own}"`];
  });
  return [...statuses, ...replies];
}

const expectedReply = (wanted: Refusals, name: string): ReplyVerdict | undefined =>
  STRICTER.replies[name]?.verdict ?? wanted.replies[name];

const isAccepted = (status: number): boolean => status >= 200 && status < 300;
