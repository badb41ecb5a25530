import { cookies } from 'next/headers';
import type { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { AppError } from '@/server/platform/errors';
import { clientNetwork } from '@/server/transport/network';
import { errorResponse } from '../error-response';
import { authOptions } from './auth-options';
import { readAuthRequest } from './auth-request';
import { userOfCookies } from './session-user';

type RouteContext = { params: Promise<{ nextauth: string[] }> };

const CALLBACK_COOKIES = ['next-auth.callback-url', '__Secure-next-auth.callback-url'];

/** next-auth responds with 500 to every request if this cookie is not a URL. */
async function dropUnreadableCookies(): Promise<void> {
  const jar = await cookies();
  for (const name of CALLBACK_COOKIES) {
    const value = jar.get(name)?.value;
    if (value && !URL.canParse(value)) jar.delete(name);
  }
}

/** next-auth's own endpoints: sign-in, sign-out, csrf, session. */
export async function handleAuth(request: NextRequest, context: RouteContext): Promise<Response> {
  try {
    const read = await readAuthRequest(request);
    await dropUnreadableCookies();
    const options = authOptions({
      userAgent: request.headers.get('user-agent') ?? '',
      network: clientNetwork(request.headers),
      user: await userOfCookies((name) => request.cookies.get(name)?.value),
    });
    return (await NextAuth(read as never, context as never, options)) as Response;
  } catch (error) {
    if (error instanceof AppError) return errorResponse(request, error);
    throw error;
  }
}
