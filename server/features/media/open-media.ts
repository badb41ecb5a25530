import type { Readable } from 'node:stream';
import { env } from '@/server/platform/env';
import { NotFound } from '@/server/platform/errors';
import {
  OutboundFailure,
  type OutboundStream,
  outboundStream,
} from '@/server/platform/outbound-http';
import { MediaTooLarge, MediaTypeRefused, MediaUnavailable } from './errors';
import { findPayload, mentions, type Viewers } from './find-payload';
import { mediaTypeOf } from './media-types';

export interface MediaRequest {
  taskId: string;
  url: string;
  /** The `Range` header of a media player. */
  range?: string | undefined;
  signal: AbortSignal;
}

export interface OpenedMedia {
  status: 200 | 206;
  type: string;
  /** Length and range, if the remote host sends them. */
  headers: Record<string, string>;
  /** Fails once the size limit of its kind is exceeded. */
  body: AsyncIterable<Uint8Array>;
}

/** Overall timeout for a remote host. */
const TOTAL_MS_MAX = 10 * 60_000;
const RANGE = /^bytes=\d{0,15}-\d{0,15}$/;

/**
 * Proxies a file that a payload links to, for a viewer of that payload. The browser never contacts
 * the host, so the host does not learn who views what.
 * @throws NotFound if the viewer may not see the task, or its payload does not contain the address;
 * MediaUnavailable 502, MediaTypeRefused 415, MediaTooLarge 413.
 */
export async function openMedia(viewers: Viewers, request: MediaRequest): Promise<OpenedMedia> {
  const { mode, payload } = await findPayload(viewers, request.taskId);
  if (!URL.canParse(request.url) || !mentions(payload, request.url)) throw new NotFound('file');
  const answer = await ask(request, mode);
  if (answer.status !== 200 && answer.status !== 206) {
    return refuse(answer, new MediaUnavailable(`The host responded with status ${answer.status}.`));
  }
  const media = mediaTypeOf(answer.headers['content-type'], request.url);
  if (!media) return refuse(answer, new MediaTypeRefused(answer.headers['content-type'] ?? ''));
  if (sizeOf(answer) > media.bytesMax) return refuse(answer, new MediaTooLarge(media.bytesMax));
  return {
    status: answer.status,
    type: media.type,
    headers: passedOn(answer),
    body: upTo(answer.body, media.bytesMax),
  };
}

async function ask(request: MediaRequest, mode: 'live' | 'test'): Promise<OutboundStream> {
  const headers: Record<string, string> = {
    accept: 'image/*,application/pdf,audio/*,video/*',
    // The bytes are streamed through unchanged.
    'accept-encoding': 'identity',
    'user-agent': 'HumanRail-Media/1',
  };
  if (request.range && RANGE.test(request.range)) headers.range = request.range;
  try {
    return await outboundStream({
      url: request.url,
      mode,
      allowPrivate: env.MEDIA_ALLOW_PRIVATE,
      headers,
      signal: AbortSignal.any([request.signal, AbortSignal.timeout(TOTAL_MS_MAX)]),
    });
  } catch (error) {
    if (error instanceof OutboundFailure) throw new MediaUnavailable(error.message);
    throw error;
  }
}

function refuse(answer: OutboundStream, reason: Error): never {
  answer.body.on('error', () => undefined).destroy();
  throw reason;
}

/** The full file's size if the remote host sends it, also for a partial response. */
function sizeOf({ headers }: OutboundStream): number {
  const whole = /\/(\d+)$/.exec(headers['content-range'] ?? '')?.[1];
  return Number(whole ?? headers['content-length'] ?? 0);
}

function passedOn({ headers }: OutboundStream): Record<string, string> {
  const names = ['content-length', 'content-range', 'accept-ranges', 'last-modified', 'etag'];
  return Object.fromEntries(
    names.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])),
  );
}

async function* upTo(body: Readable, bytesMax: number): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of body) {
    bytes += (chunk as Uint8Array).byteLength;
    if (bytes > bytesMax) {
      body.destroy();
      throw new MediaTooLarge(bytesMax);
    }
    yield chunk as Uint8Array;
  }
}
