/** Signing in and out, by next-auth's own addresses. Its library for browsers is ten times as large, for what is not used. */

import type { Provider } from '@/server/features/accounts/schema';

const ADDRESS = '/api/auth';

interface Answer {
  ok: boolean;
  url: URL;
}

/** @throws where the server cannot be reached, or answers otherwise than next-auth does. */
async function post(path: string, fields: Record<string, string>): Promise<Answer> {
  const { csrfToken } = (await (await fetch(`${ADDRESS}/csrf`)).json()) as { csrfToken: string };
  const response = await fetch(`${ADDRESS}/${path}`, {
    method: 'POST',
    body: new URLSearchParams({
      callbackUrl: window.location.href,
      ...fields,
      csrfToken,
      json: 'true',
    }),
  });
  const { url } = (await response.json()) as { url: string };
  return { ok: response.ok, url: new URL(url) };
}

/**
 * Signs in with a password or a link that was sent. `error` says why not, in next-auth's words or our own; null as a whole
 * where the server cannot be reached.
 */
export async function signInBy(
  way: 'credentials' | 'link',
  fields: Record<string, string>,
): Promise<{ ok: boolean; error: string | null } | null> {
  try {
    const { ok, url } = await post(`callback/${way}`, fields);
    return { ok, error: url.searchParams.get('error') };
  } catch {
    return null;
  }
}

/** Goes to a service elsewhere to sign in there, and from it to `next`, a path of this site. */
export async function goToService(service: Provider, next: string): Promise<void> {
  const { url } = await post(`signin/${service}`, { callbackUrl: next });
  window.location.assign(url);
}

/** Ends this browser's session. */
export async function endSession(): Promise<void> {
  await post('signout', {});
}
