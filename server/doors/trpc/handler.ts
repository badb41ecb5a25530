import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { derivedKey, hmacSha256Hex } from '@/server/platform/crypto';
import { AppError } from '@/server/platform/errors';
import { fromNetwork } from '@/server/platform/request-network';
import { clientNetwork } from '@/server/transport/network';
import { parseJson, readJsonBody } from '@/server/transport/rest';
import { type TrpcContext, toTrpcError } from '@/server/transport/trpc/init';
import { appRouter } from '@/server/trpc';
import { cookiesOf } from '../cookies';
import { DEVICE_COOKIE, sessionOf } from '../session';

/** Whether a mutating request comes from one of our own pages. */
function isSameOrigin(request: Request): boolean {
  const origin = request.headers.get('origin');
  const host = request.headers.get('host');
  if (!origin) return request.headers.get('sec-fetch-site') === 'same-origin';
  return URL.canParse(origin) && new URL(origin).host === host;
}

/** A hash that distinguishes origins without storing them. */
function fingerprint(text: string | null | undefined): string | null {
  return text ? hmacSha256Hex(derivedKey('fingerprint'), text).slice(0, 32) : null;
}

async function contextOf(
  request: Request,
  params: Record<string, unknown> | null,
): Promise<TrpcContext> {
  const cookie = cookiesOf(request.headers);
  const session = await sessionOf({
    cookie,
    // An event stream cannot send headers, so it sends them as parameters.
    header: (name) => request.headers.get(name) ?? (params?.[name] as string | undefined),
  });
  return {
    session,
    networkHash: fingerprint(clientNetwork(request.headers)),
    deviceHash: fingerprint(cookie(DEVICE_COOKIE)),
  };
}

const BODY_BYTES_MAX = 2 * 1024 * 1024;
/** Calls per request; pages send only a few. */
const BATCH_SIZE_MAX = 100;

/**
 * Parses a request as strictly as the REST API, so that nothing is dropped and nesting is bounded,
 * and then passes on the body unchanged.
 * @throws MalformedJson 400, UnsafeNumber 400, BodyTooLarge 413, UnsupportedMediaType 415
 */
async function readStrictly(request: Request): Promise<void> {
  const input = new URL(request.url).searchParams.get('input');
  if (input) await parseJson(input);
  if (request.method === 'GET') return;
  const body = await readJsonBody(request, BODY_BYTES_MAX);
  Object.defineProperty(request, 'json', { value: async () => body });
}

/** Handles the pages' tRPC requests. */
export async function handleTrpc(request: Request): Promise<Response> {
  if (request.method !== 'GET' && !isSameOrigin(request)) {
    return Response.json(
      { error: { message: 'Mutations must come from this site’s own pages.' } },
      { status: 403 },
    );
  }
  const refusal = await readStrictly(request).then(
    () => null,
    (error: unknown) => {
      if (error instanceof AppError) return error;
      throw error;
    },
  );
  const answer = () =>
    fetchRequestHandler({
      endpoint: '/api/trpc',
      req: request,
      router: appRouter,
      // Queries too long for an address, such as a quote of a whole task, are sent as POST.
      allowMethodOverride: true,
      maxBatchSize: BATCH_SIZE_MAX,
      createContext: ({ info }) => {
        if (refusal) throw toTrpcError(refusal);
        return contextOf(request, info.connectionParams);
      },
    });
  return fromNetwork(clientNetwork(request.headers), answer);
}
