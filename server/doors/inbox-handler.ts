import { type Reception, receiveEvent } from '@/server/features/webhooks';
import { INBOX_BODY_BYTES_MAX } from '@/server/features/webhooks/schema';

const ANSWERS: Record<Reception, { status: number; message: string }> = {
  received: { status: 200, message: 'Received.' },
  unknown: { status: 404, message: 'There is no such inbox.' },
  too_large: { status: 413, message: `An event can have at most ${INBOX_BODY_BYTES_MAX} bytes.` },
  too_many: { status: 429, message: 'The inbox accepts 1,200 events per minute; retry later.' },
};

/** Receives an event posted to an inbox, like a customer's own server. */
export async function handleInbox(request: Request, token: string): Promise<Response> {
  const body = await readBody(request);
  const reception =
    body === null
      ? 'too_large'
      : await receiveEvent(token, { header: (name) => request.headers.get(name), body });
  const { status, message } = ANSWERS[reception];
  return Response.json({ message }, { status });
}

/** The body as text; null if it exceeds the limit. */
async function readBody(request: Request): Promise<string | null> {
  if (Number(request.headers.get('content-length') ?? 0) > INBOX_BODY_BYTES_MAX) return null;
  const reader = request.body?.getReader();
  if (!reader) return '';
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks).toString('utf8');
    bytes += value.byteLength;
    if (bytes > INBOX_BODY_BYTES_MAX) {
      await reader.cancel();
      return null;
    }
    chunks.push(value);
  }
}

/** Redirects browsers to the page that shows the inbox's events, for members only. */
export async function showInbox(): Promise<Response> {
  return new Response(null, {
    status: 307,
    headers: { Location: '/dashboard/settings/webhooks/inspector' },
  });
}
