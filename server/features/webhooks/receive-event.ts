import { clock } from '@/server/platform/clock';
import { db, transaction } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { consume, type RateLimit } from '@/server/platform/rate-limit';
import { isSignedBy } from '@/server/platform/sign-event';
import { openEndpointSecrets } from './endpoint-secret';
import { inboxUrl } from './open-inspector';
import { INBOX_BODY_BYTES_MAX, INBOX_EVENTS_KEPT } from './schema';

/** The headers to keep; all others are irrelevant to the event. */
const HEADERS_KEPT = [
  'content-type',
  'user-agent',
  'webhook-id',
  'webhook-timestamp',
  'webhook-signature',
  'x-humanrail-signature',
  'x-escalation-signature',
] as const;
const HEADER_CHARS_MAX = 1_024;

const PER_INBOX: RateLimit = { limit: 1_200, windowSeconds: 60 };

export type Reception = 'received' | 'unknown' | 'too_large' | 'too_many';

/**
 * Stores an event posted to an inbox, up to the latest ones, and whether an endpoint of the inbox's
 * organization signed it.
 */
export async function receiveEvent(
  token: string,
  request: { header: (name: string) => string | null; body: string },
): Promise<Reception> {
  const inbox = await db.inbox.findUnique({ where: { token } });
  if (!inbox) return 'unknown';
  if (Buffer.byteLength(request.body) > INBOX_BODY_BYTES_MAX) return 'too_large';
  if (!(await consume(`inbox:${inbox.id}`, PER_INBOX)).allowed) return 'too_many';
  const genuine = await isGenuine(inbox, request);
  await transaction(async (tx) => {
    await tx.inboxEvent.create({
      data: {
        id: newId(),
        inboxId: inbox.id,
        headers: keptHeaders(request.header),
        // Postgres cannot store NUL in text, and JSON always escapes it.
        body: request.body.replaceAll('\0', ''),
        genuine,
        createdAt: clock.now(),
      },
    });
    await tx.$executeRaw`
      DELETE FROM inbox_events
       WHERE inbox_id = ${inbox.id}::uuid
         AND id <= (SELECT id FROM inbox_events WHERE inbox_id = ${inbox.id}::uuid
                     ORDER BY id DESC OFFSET ${INBOX_EVENTS_KEPT} LIMIT 1)`;
  });
  return 'received';
}

function keptHeaders(header: (name: string) => string | null): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of HEADERS_KEPT) {
    const value = header(name);
    if (value !== null) kept[name] = value.slice(0, HEADER_CHARS_MAX);
  }
  return kept;
}

async function isGenuine(
  inbox: { organizationId: string; mode: 'live' | 'test'; token: string },
  { header, body }: { header: (name: string) => string | null; body: string },
): Promise<boolean | null> {
  const signatures = header('webhook-signature');
  const eventId = header('webhook-id');
  const timestamp = header('webhook-timestamp');
  if (!signatures || !eventId || !timestamp) return null;
  const { organizationId, mode, token } = inbox;
  const endpoints = await db.endpoint.findMany({
    where: { organizationId, mode, url: inboxUrl(token), deletedAt: null },
  });
  const now = clock.now();
  return endpoints.some((endpoint) =>
    isSignedBy(openEndpointSecrets(endpoint, now), { eventId, timestamp, body, signatures }),
  );
}
