import type { Inngest } from 'inngest';
import { serve } from 'inngest/next';
import { isSignatureOfJson, signText } from '@/server/platform/engine-signature';
import { AppError } from '@/server/platform/errors';
import { errorBody } from '@/server/transport/rest/error-body';
import { readText } from '@/server/transport/rest/json-body';
import { requestIdOf } from '@/server/transport/rest/request-id';
import type { JobFunction } from './job';

/** The engine's calls carry events and memoized results; ours hold ids, and are far smaller. */
const BODY_BYTES_MAX = 4 * 1024 * 1024;
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;

/** 401: the call is not signed with the key that this app and its engine share. */
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

/** 403: with a dev server nothing is signed, so a web page's call is told by what browsers send. */
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
  /** Address at which the engine finds this app; what a request says of its host never counts. */
  origin: string;
  /** Called for each signed call of a job. */
  onCall?: () => void;
  /** Carries out each registration. */
  onRegister?: (register: () => Promise<Response>) => Promise<Response>;
}

type Handler = (request: Request) => Promise<Response>;
export type JobsDoor = Record<'GET' | 'POST' | 'PUT', Handler>;

/**
 * Where the engine calls and registers the background functions. Every call is signed with the key
 * that both share, checked before anything else happens; others learn nothing. Only with
 * `INNGEST_DEV`, which is refused unless this machine alone is served, is nothing signed.
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
  // Calls are checked and answers signed here: the SDK would check once more, and do both on another
  // thread, which takes longer than all else that it does for a call.
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
 * The request with its body read, once it has shown that it comes from the engine.
 * @throws UnsignedCall, ForeignCall or BodyTooLarge.
 */
async function admit(client: Inngest, request: Request): Promise<Request> {
  if (client.mode === 'dev') {
    if (isFromPage(request)) throw new ForeignCall();
    return withBody(request, await readText(request, BODY_BYTES_MAX));
  }
  const signature = request.headers.get('x-inngest-signature');
  const key = client.signingKey;
  // Without a signature no body is read.
  if (!signature || !key) throw new UnsignedCall();
  const text = await readText(request, BODY_BYTES_MAX);
  if (!isSignatureOfJson(text, signature, key, Date.now())) throw new UnsignedCall();
  return withBody(request, text);
}

/** The answer with its signature, as the engine expects it of an app that has its key. */
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

/** What the SDK reads of a request whose body is read already; another `Request` would stream it again. */
function withBody({ url, method, headers }: Request, text: string): Request {
  return { url, method, headers, text: async () => text } as Request;
}
