import { requireEventKey, requireOperator, requireSigningKey } from './access';
import { saveCheckpoint } from './checkpoint';
import { RefusedRegistration } from './function-config';
import { HttpRefusal, readBody, readJson, sendJson, sendText } from './http-exchange';
import { parseIdSeed } from './ids';
import { readEvents } from './ingest';
import { RefusedEvent } from './read-event';
import { register } from './register';
import type { Exchange, Route } from './route';
import { readRunState } from './run-queries';
import { sendSignal } from './signals';
import { findUnwholeTs } from './whole-ts';

/** Routes for apps: the SDK's protocol. */
export const sdkRoutes: Route[] = [
  { method: 'POST', path: /^\/e\/([^/]+)\/?$/, handle: receiveEvents },
  { method: 'POST', path: /^\/fn\/register$/, handle: receiveRegistration },
  { method: 'POST', path: /^\/v1\/checkpoint\/([^/]+)\/async$/, handle: receiveCheckpoint },
  { method: 'POST', path: /^\/v1\/signals$/, handle: receiveSignal },
  { method: 'GET', path: /^\/v0\/runs\/([^/]+)\/(actions|batch)$/, handle: sendRunState },
  { method: 'GET', path: /^\/dev$/, handle: describeServer },
];

async function receiveEvents({ core, rules, request, response, params }: Exchange): Promise<void> {
  requireEventKey(params[0] ?? '', rules);
  const text = await readBody(request);
  const seed = parseIdSeed(String(request.headers['x-inngest-event-id-seed'] ?? ''));
  try {
    const events = readEvents(parseEvents(text), seed, core.nowMs(), (ts) => core.timeOf(ts));
    await core.intake.accept(events);
    const ids = events.map((event) => event.id);
    sendJson(response, 200, { ids: ids.length === 0 ? [''] : ids, status: 200 });
  } catch (error) {
    if (!(error instanceof RefusedEvent)) throw error;
    sendJson(response, 400, { ids: [''], status: 400, error: error.message });
  }
}

function parseEvents(text: string): unknown {
  try {
    const parsed: unknown = JSON.parse(text);
    const written = findUnwholeTs(text);
    if (written === undefined) return parsed;
    throw new RefusedEvent(
      `json: cannot unmarshal number ${written} into Go struct field raw.ts of type int64`,
    );
  } catch (error) {
    if (error instanceof RefusedEvent) throw error;
    const found = /^\s*\{\s*([^"}\s])/.exec(text)?.[1];
    throw new RefusedEvent(
      found
        ? `invalid character '${found}' looking for beginning of object key string`
        : 'the body is not JSON',
    );
  }
}

async function receiveRegistration({ core, rules, request, response }: Exchange): Promise<void> {
  requireSigningKey(request, rules);
  const body = await readJson(request);
  try {
    const modified = await register(core.db, body, core.nowMs());
    if (modified) await core.registry.refresh();
    core.workArrived();
    sendJson(response, 200, { ok: true, modified });
  } catch (error) {
    if (!(error instanceof RefusedRegistration)) throw error;
    sendJson(response, 400, { error: error.message, status: 400 });
  }
}

async function receiveCheckpoint({
  core,
  rules,
  request,
  response,
  params,
}: Exchange): Promise<void> {
  requireSigningKey(request, rules);
  const body = await readJson(request);
  const { status, error } = await saveCheckpoint(
    core.db,
    core.committer,
    (token) => core.holdsLease(token),
    params[0] ?? '',
    body,
  );
  sendJson(response, status, status === 200 ? { ok: true } : { error, status });
}

async function receiveSignal({ core, rules, request, response }: Exchange): Promise<void> {
  requireSigningKey(request, rules);
  const { signal, data } = ((await readJson(request)) ?? {}) as {
    signal?: unknown;
    data?: unknown;
  };
  if (typeof signal !== 'string' || signal === '') {
    throw new HttpRefusal(400, 'The signal must be named.');
  }
  const runId = await sendSignal(core.db, signal, data, core.nowMs());
  if (runId === undefined) throw new HttpRefusal(404, 'No run waits for this signal.');
  core.workArrived();
  sendJson(response, 200, { data: { run_id: runId } });
}

async function sendRunState({ core, rules, request, response, params }: Exchange): Promise<void> {
  requireSigningKey(request, rules);
  const state = await readRunState(core.db, params[0] ?? '');
  if (!state) throw new HttpRefusal(404, 'No such run.');
  const body = params[1] === 'batch' ? state.events : state.steps;
  sendText(response, 200, 'application/json', body);
}

async function describeServer({ core, rules, request, response }: Exchange): Promise<void> {
  requireOperator(request, rules);
  const registry = await core.registry.current();
  const functions = [...registry.functions.values()].filter((fn) => fn.active);
  sendJson(response, 200, {
    version: 'embedded',
    authed: rules.keys !== undefined,
    startOpts: {},
    functions: functions.map((fn) => ({ id: fn.id, slug: fn.id, name: fn.name })),
    handlers: [],
  });
}
