const COOKIE = 'next-auth.session-token';

/**
 * Signs in like the form, without a browser; returns the session in the cookie.
 * @throws Error if the address and the password do not match.
 */
export async function signInByRequest(
  url: string,
  { email, password }: { email: string; password: string },
): Promise<string> {
  const token = await fetch(`${url}/api/auth/csrf`);
  const { csrfToken } = (await token.json()) as { csrfToken: string };
  const reply = await fetch(`${url}/api/auth/callback/credentials`, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      cookie: cookiesOf(token)
        .map(([name, value]) => `${name}=${value}`)
        .join('; '),
      origin: url,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams({ csrfToken, email, password, json: 'true' }),
  });
  const session = cookiesOf(reply).find(([name]) => name === COOKIE)?.[1];
  if (!session) throw new Error(`${email} could not sign in: ${reply.status}.`);
  return session;
}

function cookiesOf(response: Response): [name: string, value: string][] {
  return response.headers.getSetCookie().map((line) => {
    const [pair = ''] = line.split(';');
    const at = pair.indexOf('=');
    return [pair.slice(0, at), pair.slice(at + 1)];
  });
}
