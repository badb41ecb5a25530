import type { Actor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { randomBase62 } from '@/server/platform/crypto';
import { db } from '@/server/platform/db';
import { env } from '@/server/platform/env';
import { newId } from '@/server/platform/ids';
import { assertManagesWebhooks, visibleTo } from './access';
import { createEndpoint } from './create-endpoint';
import { renderEndpoint } from './queries';
import type { OpenedInspector } from './schema';

const TOKEN_CHARS = 32;

/**
 * Creates an endpoint to the organization's own inbox on this instance, to inspect events without a
 * server. Idempotent.
 * @throws Forbidden 403, TooManyEndpoints 422; InvalidRequest 400 if this instance may not call its
 * own address.
 */
export async function openInspector(actor: Actor): Promise<OpenedInspector> {
  const { organizationId, mode } = assertManagesWebhooks(actor);
  await db.inbox.createMany({
    data: [
      {
        id: newId(),
        organizationId,
        mode,
        token: randomBase62(TOKEN_CHARS),
        createdAt: clock.now(),
      },
    ],
    skipDuplicates: true,
  });
  const { token } = await db.inbox.findUniqueOrThrow({
    where: { organizationId_mode: { organizationId, mode } },
  });
  const url = inboxUrl(token);
  const present = await db.endpoint.findFirst({
    where: { AND: [visibleTo(actor), { url, deletedAt: null }] },
    orderBy: { id: 'asc' },
  });
  if (present) return { endpoint: renderEndpoint(present), secret: null };
  const { secret, ...endpoint } = await createEndpoint(actor, {
    url,
    description: 'Inspector: shows what it receives.',
  });
  return { endpoint, secret };
}

/** The address of an inbox. */
export function inboxUrl(token: string): string {
  return new URL(`/inbox/${token}`, env.PUBLIC_URL).href;
}
