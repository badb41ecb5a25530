import { type OpenedMedia, openMedia } from '@/server/features/media';
import { AppError } from '@/server/platform/errors';
import { requestSession } from './session';

/** A CSP under which nothing in the file can execute, be framed or load anything. */
const HEADERS = {
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** A payload's file, for viewers of that payload. */
export async function handleMedia(request: Request, taskId: string): Promise<Response> {
  const session = await requestSession(request);
  const [worker, member, operator] = await Promise.all([
    session.worker(),
    session.member(),
    session.operator(),
  ]);
  try {
    const media = await openMedia(
      { worker, member, operator },
      {
        taskId,
        url: new URL(request.url).searchParams.get('url') ?? '',
        range: request.headers.get('range') ?? undefined,
        signal: request.signal,
      },
    );
    return new Response(streamOf(media), {
      status: media.status,
      headers: {
        ...media.headers,
        ...HEADERS,
        'content-type': media.type,
        // The viewer's browser may cache it for a while; shared caches may not.
        'cache-control': 'private, max-age=3600',
      },
    });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { status, code, message } = error;
    return Response.json(
      { error: { code, message } },
      { status, headers: { ...HEADERS, 'cache-control': 'no-store' } },
    );
  }
}

function streamOf({ body }: OpenedMedia): ReadableStream<Uint8Array> {
  const chunks = body[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(value);
      } catch (error) {
        controller.error(error);
      }
    },
    async cancel() {
      await chunks.return?.();
    },
  });
}
