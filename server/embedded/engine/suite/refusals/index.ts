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

/** An engine's verdict on each case: the response status, or the outcome of the run. */
export interface Refusals {
  events: Record<string, number>;
  registrations: Record<string, number>;
  replies: Record<string, ReplyVerdict>;
}

const GOLDEN = new URL('refusals.golden.json', import.meta.url);

/** Recorded verdicts of the real server. */
export function readRefusals(): Refusals {
  return JSON.parse(readFileSync(GOLDEN, 'utf8')) as Refusals;
}

/** Records the verdicts of a real server. */
export function recordRefusals(refusals: Refusals): void {
  writeFileSync(GOLDEN, `${JSON.stringify(refusals, null, 2)}\n`);
}

/**
 * Sends every case to an engine that retries after a second. Runs that do nothing are watched for
 * `watchMs`; the watch ends early once, according to `wanted`, only such runs are left.
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
 * An engine's differences from the real server's verdicts, one line each. Accepting what the real
 * server rejects is always a difference; rejecting what it accepts is one unless listed, with its
 * reason, among the embedded engine's stricter checks.
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
