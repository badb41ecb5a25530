import { type NextRequest, NextResponse } from 'next/server';
import { PAGE_SCRIPT } from '@/components/docs/page-script';
import { EARLY_SCRIPT, SIGNED_IN_COOKIE } from '@/components/ui/early-script';
import { builtPolicy, hashSource, pagePolicy } from '@/server/platform/page-policy';

const isDevelopment = process.env.NODE_ENV === 'development';
// Built ahead, the documentation has a policy of its own.
const INLINE_SCRIPTS = isDevelopment ? [EARLY_SCRIPT, PAGE_SCRIPT] : [EARLY_SCRIPT];
const INLINE_HASHES = INLINE_SCRIPTS.map(hashSource);
const YEAR_SECONDS = 365 * 24 * 60 * 60;
const SESSION_COOKIE = /^(__Secure-)?next-auth\.session-token/;

/** Gives each page its security headers; the API never passes here. */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const built = isDevelopment ? null : await builtPolicy(request.nextUrl.pathname);
  const response = built ? NextResponse.next() : withNonce(request);
  if (built) response.headers.set('Content-Security-Policy', built);
  response.headers.set('Strict-Transport-Security', 'max-age=31536000; includeSubDomains');
  response.headers.set('X-Frame-Options', 'DENY');
  response.headers.set('Referrer-Policy', 'strict-origin-when-cross-origin');
  response.headers.set('Cross-Origin-Opener-Policy', 'same-origin');
  response.headers.set('Permissions-Policy', 'camera=(), microphone=(), geolocation=()');
  noteSignedIn(request, response);
  return response;
}

/** Every other page is made for its request, under a policy with a nonce of the request's own. */
function withNonce(request: NextRequest): NextResponse {
  const nonce = crypto.randomUUID().replaceAll('-', '');
  const source = `'nonce-${nonce}'`;
  const policy = pagePolicy(
    { scripts: [source, ...INLINE_HASHES], styles: [source] },
    isDevelopment,
  );
  const forwarded = new Headers(request.headers);
  forwarded.set('x-nonce', nonce);
  forwarded.set('Content-Security-Policy', policy);
  // Layouts cannot read the address; they need it to send people back after sign-in.
  forwarded.set('x-path', request.nextUrl.pathname + request.nextUrl.search);
  const response = NextResponse.next({ request: { headers: forwarded } });
  response.headers.set('Content-Security-Policy', policy);
  if (request.nextUrl.pathname.startsWith('/work') && !request.cookies.has('humanrail-device')) {
    response.cookies.set('humanrail-device', crypto.randomUUID(), {
      httpOnly: true,
      sameSite: 'lax',
      secure: request.nextUrl.protocol === 'https:',
      path: '/',
      maxAge: YEAR_SECONDS,
    });
  }
  return response;
}

/** Lets pages that were built ahead know whether somebody is signed in, by a cookie that scripts can read. */
function noteSignedIn(request: NextRequest, response: NextResponse): void {
  const isSignedIn = request.cookies.getAll().some(({ name }) => SESSION_COOKIE.test(name));
  if (isSignedIn === request.cookies.has(SIGNED_IN_COOKIE)) return;
  response.cookies.set(SIGNED_IN_COOKIE, '1', {
    sameSite: 'lax',
    secure: request.nextUrl.protocol === 'https:',
    path: '/',
    maxAge: isSignedIn ? YEAR_SECONDS : 0,
  });
}

export const config = {
  matcher: [
    '/((?!v1/|v1$|v0/|v0$|mcp|api/|inbox/|healthz|readyz|metrics|\\.well-known|_next/|favicon|icon|openapi|robots).*)',
  ],
};
