import { Agent, type Dispatcher, errors, request } from 'undici';
import { canonicalOf, isSignatureOf, signText } from '@/server/platform/engine-signature';
import { type CallJob, queueItemId } from './claimed-job';
import { newUlid, shortHash } from './ids';
import { limits } from './limits';
import type { RegisteredFunction } from './registry';

/** The app's response, or why there is none. */
export type Reply =
  | { kind: 'response'; status: number; headers: Record<string, string>; body: string }
  /** No connection: the function did not start. */
  | { kind: 'unreachable'; reason: string }
  /**
   * The request was sent, and the connection ended without a complete response: it may have
   * started.
   */
  | { kind: 'lost'; reason: string }
  /** Timed out; the app may still be running. */
  | { kind: 'overdue'; reason: string }
  /** A response that the app did not sign with the shared key; its content is ignored. */
  | { kind: 'unsigned'; reason: string }
  /** The request cannot be serialized. */
  | { kind: 'unsignable'; reason: string };

/** The HTTP client of one engine: keeps connections to the apps alive. */
export interface AppCaller {
  call(fn: RegisteredFunction, job: CallJob, nowMs: number): Promise<Reply>;
  close(): Promise<void>;
}

/**
 * @param callMs how long a request may take, in milliseconds.
 * @param signingKey signs each request and must sign each response; absent in development mode.
 */
export function createAppCaller(callMs: number, signingKey: string | undefined): AppCaller {
  const agent = new Agent({
    connections: 256,
    pipelining: 1,
    keepAliveTimeout: 3_000,
    connect: { timeout: 10_000 },
    headersTimeout: callMs,
    bodyTimeout: callMs,
    maxResponseSize: limits.requestBytes,
  });
  return {
    call: (fn, job, nowMs) => callApp(agent, fn, job, nowMs, callMs, signingKey),
    close: () => agent.destroy(),
  };
}

async function callApp(
  agent: Dispatcher,
  fn: RegisteredFunction,
  job: CallJob,
  nowMs: number,
  callMs: number,
  signingKey: string | undefined,
): Promise<Reply> {
  const requestId = newUlid(nowMs);
  const text = requestBody(fn, job, requestId);
  // The app verifies the signature over the canonical form, which it need not compute if it
  // receives it.
  const body = signingKey ? canonicalOf(text) : text;
  if (body === null) return { kind: 'unsignable', reason: 'The run’s data is nested too deeply.' };
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    'user-agent': 'Inngest',
    'x-run-id': job.run_id,
    'x-inngest-req-version': String(job.version ?? -1),
    'x-inngest-step-id': job.step_id,
    'x-inngest-server-kind': signingKey ? 'cloud' : 'dev',
    'x-inngest-job-id': shortHash(job.id),
    'x-inngest-generation-id': '1',
    'x-request-id': requestId,
  };
  // Both sides compare with wall-clock time, which no test clock moves.
  if (signingKey) headers['x-inngest-signature'] = signText(body, signingKey, Date.now());
  try {
    const response = await request(callUrl(fn.url, job.step_id), {
      dispatcher: agent,
      method: 'POST',
      headers,
      body,
      signal: AbortSignal.timeout(callMs),
    });
    const reply: Reply = {
      kind: 'response',
      status: response.statusCode,
      headers: flatten(response.headers),
      body: await response.body.text(),
    };
    return signingKey ? signedOnly(reply, signingKey) : reply;
  } catch (error) {
    return asReply(error, callMs);
  }
}

/**
 * Anything that claims to come from the SDK must be signed; other responses are judged by status
 * alone.
 */
function signedOnly(reply: Extract<Reply, { kind: 'response' }>, signingKey: string): Reply {
  const signature = reply.headers['x-inngest-signature'];
  const isSigned = isSignatureOf(reply.body, signature, signingKey, Date.now());
  if (isSigned) return reply;
  if (reply.headers['x-inngest-sdk'] === undefined && reply.status !== 401) return reply;
  const reason = `The app's answer (${reply.status}) is not signed with the engine's key; INNGEST_SIGNING_KEY must be the same for both.`;
  return { kind: 'unsigned', reason };
}

function callUrl(registered: string, stepId: string): string {
  if (stepId === 'step') return registered;
  const url = new URL(registered);
  url.searchParams.set('stepId', stepId);
  return url.href;
}

/** The request, assembled as text: events and memoized results pass through as stored. */
function requestBody(fn: RegisteredFunction, job: CallJob, requestId: string): string {
  const stack = job.stack ?? [];
  const context = JSON.stringify({
    attempt: job.attempt,
    disable_immediate_execution: job.plan ?? false,
    env: '',
    fn_id: fn.uuid,
    generation_id: 1,
    job_id: shortHash(job.id),
    max_attempts: job.max_attempts,
    qi_id: queueItemId(job),
    request_id: requestId,
    run_id: job.run_id,
    stack: { current: stack.length, stack },
    step_id: 'step',
    use_api: false,
  });
  const events = job.events.join(',');
  return `{"ctx":${context},"defers":{},"event":${job.events[0] ?? '{}'},"events":[${events}],"steps":{${job.steps ?? ''}},"use_api":false,"version":${job.version ?? -1}}`;
}

function flatten(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}

const notConnected = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

function asReply(error: unknown, callMs: number): Reply {
  const code = String((error as { code?: unknown } | null)?.code ?? '');
  const reason = error instanceof Error ? error.message || error.name : String(error);
  if (notConnected.has(code)) return { kind: 'unreachable', reason: reason || code };
  const timedOut =
    error instanceof errors.HeadersTimeoutError ||
    error instanceof errors.BodyTimeoutError ||
    (error instanceof Error && error.name === 'TimeoutError');
  if (timedOut) return { kind: 'overdue', reason: `no response within ${callMs / 1_000} s` };
  return { kind: 'lost', reason: `the connection was lost: ${reason}` };
}
