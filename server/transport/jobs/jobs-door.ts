import type { Inngest } from 'inngest';
import { serve } from 'inngest/next';
import { isSignatureOfJson, signText } from '@/server/platform/engine-signature';
import { AppError } from '@/server/platform/errors';
import { errorBody } from '@/server/transport/rest/error-body';
import { readText } from '@/server/transport/rest/json-body';
import { requestIdOf } from '@/server/transport/rest/request-id';
import type { JobFunction } from './job';

/** The engine's calls carry events and memoized results; ours contain IDs and are much smaller. */
const BODY_BYTES_MAX = 4 * 1024 * 1024;
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;

/** 401: the call is not signed with the key shared by app and engine. */
class UnsignedCall extends AppError {
  constructor() {
    super(
      401,
      'authentication_error',
      'unsigned_call',
      'Only the workflow engine may call this address, with its signature in x-inngest-signature.',
    );
  }
}

/**
 * 403: a dev server's calls are unsigned, so calls from web pages are recognized by browser
 * headers.
 */
class ForeignCall extends AppError {
  constructor() {
    super(
      403,
      'authorization_error',
      'foreign_call',
      'Only a dev server on this machine may call this address, not a web page.',
    );
  }
}

export interface JobsDoorOptions {
  client: Inngest;
  jobs: JobFunction[];
  /** The address at which the engine reaches this app; request headers are not trusted for it. */
  origin: string;
  /** Called for each authenticated job call. */
  onCall?: () => void;
  /** Wraps each registration. */
  onRegister?: (register: () => Promise<Response>) => Promise<Response>;
}

type Handler = (request: Request) => Promise<Response>;
export type JobsDoor = Record<'GET' | 'POST' | 'PUT', Handler>;

/**
 * The endpoint where the engine calls and registers background functions. Every call must be signed
 * with the shared key, which is verified first. Calls are only unsigned with `INNGEST_DEV`, which
 * is rejected unless only this machine is served.
 */
export function createJobsDoor(options: JobsDoorOptions): JobsDoor {
  const { client, jobs, origin, onCall, onRegister = (register) => register() } = options;
  const served = {
    client,
    functions: jobs,
    serveOrigin: origin,
    servePath: '/api/inngest',
    enableUnauthedSync: false,
  };
  const handlers = serve(served) as unknown as Record<keyof JobsDoor, Handler>;
  // Signatures are checked and created here, because the SDK does both on another thread, which
  // takes longer than everything else it does for a call.
  const unchecked = { ...served, skipSignatureValidation: true };
  const calls = serve(unchecked) as unknown as { POST: Handler };
  const call: Handler = async (request) => signed(client, await calls.POST(request));

  const through = (method: keyof JobsDoor): Handler => {
    return async (request) => {
      try {
        const admitted = await admit(client, request);
        if (method === 'PUT') return await onRegister(() => handlers.PUT(admitted));
        if (method === 'GET') return await handlers.GET(admitted);
        onCall?.();
        return await call(admitted);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        return Response.json(errorBody(error, requestIdOf(request)), {
          status: error.status,
          headers: { 'Cache-Control': 'no-store' },
        });
      }
    };
  };
  return { GET: through('GET'), POST: through('POST'), PUT: through('PUT') };
}

/**
 * Reads the request's body and verifies that the engine sent it.
 * @throws UnsignedCall, ForeignCall or BodyTooLarge.
 */
async function admit(client: Inngest, request: Request): Promise<Request> {
  if (client.mode === 'dev') {
    if (isFromPage(request)) throw new ForeignCall();
    return withBody(request, await readText(request, BODY_BYTES_MAX));
  }
  const signature = request.headers.get('x-inngest-signature');
  const key = client.signingKey;
  // Without a signature, the body is not read.
  if (!signature || !key) throw new UnsignedCall();
  const text = await readText(request, BODY_BYTES_MAX);
  if (!isSignatureOfJson(text, signature, key, Date.now())) throw new UnsignedCall();
  return withBody(request, text);
}

/** Signs the response with the shared key, as the engine expects. */
async function signed(client: Inngest, response: Response): Promise<Response> {
  const key = client.signingKey;
  if (client.mode === 'dev' || !key) return response;
  const text = await response.text();
  const headers = new Headers(response.headers);
  headers.set('x-inngest-signature', signText(text, key, Date.now()));
  return new Response(text, { status: response.status, headers });
}

function isFromPage({ headers }: Request): boolean {
  return (
    headers.has('origin') ||
    headers.has('sec-fetch-site') ||
    !LOOPBACK.test(headers.get('host') ?? '')
  );
}

/**
 * The part of a request that the SDK reads; creating another `Request` would stream the body again.
 */
function withBody({ url, method, headers }: Request, text: string): Request {
  return { url, method, headers, text: async () => text } as Request;
}
