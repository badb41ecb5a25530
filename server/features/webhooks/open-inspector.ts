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
 * Points an endpoint at the organization's own inbox on this instance, so that events can be seen
 * without a server. Where there is one already, it is answered as it is.
 * @throws Forbidden 403, TooManyEndpoints 422; InvalidRequest 400 where this instance may not call
 *   its own address.
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

/** Where an inbox takes events. */
export function inboxUrl(token: string): string {
  return new URL(`/inbox/${token}`, env.PUBLIC_URL).href;
}
