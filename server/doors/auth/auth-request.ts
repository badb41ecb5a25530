import { NextRequest } from 'next/server';
import { env } from '@/server/platform/env';
import { InvalidRequest } from '@/server/platform/errors';
import { readJsonBody, readText } from '@/server/transport/rest';

const BODY_BYTES_MAX = 1024 * 1024;
const FORM = 'application/x-www-form-urlencoded';

/**
 * Resolves a path, or a URL of the same origin, to a full URL of this site.
 * @returns null for everything else, such as `http://localhost:3000.evil.example`, or an invalid
 * URL.
 */
export function ownUrl(text: string, baseUrl: string): string | null {
  if (typeof text !== 'string' || !URL.canParse(text, baseUrl)) return null;
  const url = new URL(text, baseUrl);
  return url.origin === new URL(baseUrl).origin ? url.href : null;
}

/**
 * A sanitized request for next-auth: the form is parsed here into strings by name, and a return
 * address outside of this site is removed.
 * @throws BodyTooLarge 413, UnsupportedMediaType 415, InvalidRequest 400
 */
export async function readAuthRequest(request: NextRequest): Promise<NextRequest> {
  const url = new URL(request.url);
  const back = url.searchParams.get('callbackUrl');
  if (back !== null && ownUrl(back, env.PUBLIC_URL) === null)
    url.searchParams.delete('callbackUrl');
  if (request.method !== 'POST') return new NextRequest(url, { headers: request.headers });
  const body = await readForm(request);
  const headers = new Headers(request.headers);
  headers.set('content-type', FORM);
  headers.delete('content-length');
  return new NextRequest(url, { method: 'POST', headers, body });
}

async function readForm(request: Request): Promise<URLSearchParams> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type === FORM) return new URLSearchParams(await readText(request, BODY_BYTES_MAX));
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(
    fieldsOf(await readJsonBody(request, BODY_BYTES_MAX)),
  )) {
    if (typeof value !== 'string' && typeof value !== 'boolean') {
      throw InvalidRequest.fromFaults([
        { param: name, code: 'invalid_field', message: `${name} must be a string.` },
      ]);
    }
    form.set(name, String(value));
  }
  return form;
}

function fieldsOf(body: unknown): object {
  if (body === undefined) return {};
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body;
  throw InvalidRequest.fromFaults([
    { param: 'body', code: 'invalid_field', message: 'The body must be an object.' },
  ]);
}
