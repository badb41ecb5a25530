import { createUser } from '@/server/features/organizations';
import { createWorker, saveSkills } from '@/server/features/workers';
import { transaction } from '@/server/platform/db';
import { withDeadline } from '@/server/platform/deadline';
import { wire } from '@/server/transport/trpc/wire';

/** A person who works in live mode, signed in to the running instance. */
export interface Person {
  workerId: string;
  /** The person's only skill, which nobody else has. */
  skill: string;
  /** Calls a query of the worker app. @throws Error with the response if it is rejected. */
  read<T>(path: string, input?: unknown): Promise<T>;
  /** Calls a mutation of the worker app. @throws Error with the response if it is rejected. */
  write<T>(path: string, input?: unknown): Promise<T>;
}

const CALL_MS_MAX = 20_000;
const PASSWORD = 'a few plain words';
const SKILL_DESCRIPTION = 'A skill of the product run.';

/**
 * Creates a worker with the skill `skill`, and signs them in like a browser. Nobody else is offered
 * tasks that require a skill unique to this run.
 */
export async function createPerson(url: string, name: string, skill: string): Promise<Person> {
  const email = `${name}@product-run.example`;
  const worker = await transaction(async (tx) => {
    await saveSkills(tx, [{ name: skill, description: SKILL_DESCRIPTION }]);
    const user = await createUser(tx, { email, name, password: PASSWORD, emailConfirmed: true });
    return await createWorker(tx, {
      userId: user.id,
      mode: 'live',
      displayName: name,
      skills: [skill],
      tier: 'high',
    });
  });
  const cookie = await signIn(url, email);
  const headers = { cookie, origin: new URL(url).origin, 'content-type': 'application/json' };
  const call = async <T>(path: string, init: RequestInit): Promise<T> => {
    const { status, body } = await withDeadline(CALL_MS_MAX, async (signal) => {
      const response = await fetch(`${url}/api/trpc/${path}`, { ...init, headers, signal });
      const body = (await response.json()) as { result?: { data: { json: never } } };
      return { status: response.status, body };
    });
    if (!body.result) throw new Error(`${path} was answered ${status}: ${JSON.stringify(body)}`);
    return wire.deserialize<T>(body.result.data);
  };
  const text = (input: unknown) => JSON.stringify(wire.serialize(input));
  return {
    workerId: worker.id,
    skill,
    read: (path, input) =>
      call(input === undefined ? path : `${path}?input=${encodeURIComponent(text(input))}`, {}),
    write: (path, input) => call(path, { method: 'POST', body: text(input) }),
  };
}

/** Creates a sandbox worker with the unique skill `skill`, paid to `payoutDestination`. */
export async function createSimulatedWorker(
  skill: string,
  payoutDestination: string,
): Promise<void> {
  await transaction(async (tx) => {
    await saveSkills(tx, [{ name: skill, description: SKILL_DESCRIPTION }]);
    await createWorker(tx, {
      userId: null,
      mode: 'test',
      displayName: skill,
      skills: [skill],
      simulated: true,
      online: true,
      payoutRail: 'sandbox',
      payoutDestination,
    });
  });
}

async function signIn(url: string, email: string): Promise<string> {
  const asked = await fetch(`${url}/api/auth/csrf`);
  const { csrfToken } = (await asked.json()) as { csrfToken: string };
  const answer = await fetch(`${url}/api/auth/callback/credentials`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: cookiesOf(asked), origin: new URL(url).origin },
    body: new URLSearchParams({ csrfToken, email, password: PASSWORD, json: 'true' }),
  });
  const cookies = cookiesOf(answer);
  if (!cookies.includes('session-token=')) {
    throw new Error(`${email} could not sign in: ${answer.status} ${await answer.text()}`);
  }
  return cookies;
}

function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}
