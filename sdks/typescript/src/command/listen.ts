import { sleep } from '../retry.js';
import type { TaskEvent } from '../types/task.js';
import { FORWARDED_TYPES, type PostedEvent, postedEvent } from './event-body.js';
import { EXIT, type ExitCode, UsageError } from './exit-code.js';
import { followTasks } from './follow-tasks.js';
import { type Io, masked } from './io.js';
import { clientOf, readArgs } from './options.js';
import { isSecret, newSecret, signedHeaders } from './sign-event.js';

/** Delays between attempts of one event, in milliseconds; real webhooks are retried for up to a day. */
const PAUSES_MS = [1_000, 2_000, 4_000, 8_000];
const ANSWER_MS = 15_000;

/** The result of posting an event. */
interface Outcome {
  statusCode: number | null;
  error: string | null;
  attempts: number;
}

/** `listen URL`: forwards events, signed, until stopped. */
export async function listen(args: readonly string[], io: Io): Promise<ExitCode> {
  const text = { type: 'string' } as const;
  const { values, given } = readArgs(args, { secret: text, events: text, since: text }, [
    'The URL to forward to',
  ]);
  const url = urlOf(given[0] ?? '');
  const types = typesOf(values.events);
  if (values.since !== undefined && Number.isNaN(Date.parse(values.since))) {
    throw new UsageError(
      `--since must be a time like 2026-01-31T12:00:00Z, not '${values.since}'.`,
    );
  }
  const known = values.secret ?? io.env.HUMANRAIL_WEBHOOK_SECRET;
  if (known !== undefined && !isSecret(known)) {
    throw new UsageError('The secret must be whsec_ followed by base64, as the API makes them.');
  }
  const secret = known ?? newSecret();
  const client = clientOf(values, io);

  const onEvent = async (event: TaskEvent) => {
    if (!types.has(event.type)) return;
    const task = await client.tasks.get(event.taskId, { signal: io.signal });
    const posted = postedEvent(event, task);
    const outcome = await post(url, posted, secret, io.signal);
    io.out(values.json ? outcomeJson(posted, outcome) : outcomeLine(posted, outcome));
  };
  const onReady = () => {
    if (values.json) io.err(JSON.stringify({ ready: true, ...(known ? {} : { secret }) }));
    else {
      if (!known) io.err(`Signing with HUMANRAIL_WEBHOOK_SECRET=${secret}`);
      io.err(`Forwarding events to ${url}. End with Ctrl-C.`);
    }
  };
  const onConnection = (state: 'lost' | 'back', reason?: string) => {
    if (state === 'back') io.err('The API answers again; going on after the last event.');
    else io.err(`The API does not answer (${masked(reason ?? '')}); trying again.`);
  };
  await followTasks(client, {
    since: values.since,
    signal: io.signal,
    onEvent,
    onReady,
    onConnection,
  });
  return EXIT.done;
}

async function post(
  url: string,
  event: PostedEvent,
  secret: string,
  signal: AbortSignal,
): Promise<Outcome> {
  for (let attempts = 1; ; attempts += 1) {
    const outcome = { ...(await postOnce(url, event, secret)), attempts };
    const pauseMs = PAUSES_MS[attempts - 1];
    if (outcome.error === null || pauseMs === undefined) return outcome;
    await sleep(pauseMs, signal);
  }
}

async function postOnce(
  url: string,
  { id, body }: PostedEvent,
  secret: string,
): Promise<Omit<Outcome, 'attempts'>> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'HumanRail-Webhooks/1.0',
        ...signedHeaders(secret, { id, body }),
      },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    await response.body?.cancel();
    const { status, ok } = response;
    return { statusCode: status, error: ok ? null : `it answered ${status}` };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return { statusCode: null, error: cause instanceof Error ? cause.message : String(cause) };
  }
}

function outcomeLine({ type, taskId }: PostedEvent, outcome: Outcome): string {
  const { statusCode, error, attempts } = outcome;
  const end = error === null ? statusCode : `given up after ${attempts} tries: ${error}`;
  return `${new Date().toISOString().slice(11, 19)}  ${type.padEnd(14)}  ${taskId}  → ${end}`;
}

function outcomeJson({ id, type, taskId }: PostedEvent, outcome: Outcome): string {
  const { statusCode, error, attempts } = outcome;
  return JSON.stringify({
    event_id: id,
    type,
    task_id: taskId,
    delivered: error === null,
    status_code: statusCode,
    error,
    attempts,
  });
}

function urlOf(text: string): string {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new UsageError(`'${text}' is no URL; write it like http://localhost:3000/webhooks.`);
  }
  if (/^https?:$/.test(url.protocol)) return url.href;
  throw new UsageError(`The URL must begin with http:// or https://, not ${url.protocol}`);
}

function typesOf(list: string | undefined): ReadonlySet<string> {
  if (list === undefined) return new Set(FORWARDED_TYPES);
  const types = list.split(',').map((type) => type.trim());
  const unknown = types.find((type) => !FORWARDED_TYPES.includes(type));
  if (unknown !== undefined) {
    throw new UsageError(
      `There is no event '${unknown}'; there are ${FORWARDED_TYPES.join(', ')}.`,
    );
  }
  return new Set(types);
}
