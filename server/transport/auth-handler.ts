import type { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { authOptions, userOfCookies } from './auth';
import { clientNetwork } from './network';

type RouteContext = { params: Promise<{ nextauth: string[] }> };

/** next-auth's own addresses: sign-in, sign-out, csrf, session. */
export async function handleAuth(request: NextRequest, context: RouteContext): Promise<Response> {
  const options = authOptions({
    userAgent: request.headers.get('user-agent') ?? '',
    network: clientNetwork(request.headers),
    user: await userOfCookies((name) => request.cookies.get(name)?.value),
  });
  return NextAuth(request as never, context as never, options) as Promise<Response>;
}
