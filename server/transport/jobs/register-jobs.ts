import type { Inngest } from 'inngest';
import { signText } from '@/server/platform/engine-signature';
import type { JobsDoor } from './jobs-door';

/** The registration failed; the message comes from the engine or the network. */
export class RegistrationFailed extends Error {
  override name = 'RegistrationFailed';
}

/**
 * Registers the background functions and their address with the engine. Idempotent.
 * @throws RegistrationFailed
 */
export async function registerJobs(client: Inngest, door: JobsDoor): Promise<void> {
  const headers: Record<string, string> = { host: 'localhost' };
  if (client.signingKey)
    headers['x-inngest-signature'] = signText('', client.signingKey, Date.now());
  const request = new Request('http://localhost/api/inngest', { method: 'PUT', headers });
  const response = await door.PUT(request);
  if (response.ok) return;
  const text = await response.text();
  throw new RegistrationFailed(messageIn(text) ?? `${response.status} ${text.slice(0, 300)}`);
}

function messageIn(text: string): string | undefined {
  try {
    const { message } = JSON.parse(text) as { message?: unknown };
    return typeof message === 'string' ? message.slice(0, 300) : undefined;
  } catch {
    return undefined;
  }
}
