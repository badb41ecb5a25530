import type { InboxEvent } from '@/prisma/generated/client';
import type { Actor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { pageOf } from '@/server/platform/page';
import { assertManagesWebhooks, visibleTo } from './access';
import { inboxUrl } from './open-inspector';
import type { ListReceivedQuery, ReceivedEvent, ReceivedEvents } from './schema';

/**
 * What the organization's inbox has received in this mode, newest first; empty without an inbox.
 */
export async function listReceived(
  actor: Actor,
  query: ListReceivedQuery,
): Promise<ReceivedEvents> {
  const inbox = await db.inbox.findFirst({ where: visibleTo(actor) });
  if (!inbox) return { data: [], has_more: false, next_cursor: null, url: null };
  const rows = await db.inboxEvent.findMany({
    where: { inboxId: inbox.id, ...(query.after ? { id: { lt: query.after } } : {}) },
    orderBy: { id: 'desc' },
    take: query.limit + 1,
  });
  return { ...pageOf(rows, query.limit, renderReceived), url: inboxUrl(inbox.token) };
}

/**
 * Empties the organization's inbox of this mode.
 * @throws Forbidden 403
 */
export async function clearReceived(actor: Actor): Promise<{ cleared: number }> {
  const { organizationId, mode } = assertManagesWebhooks(actor);
  const { count } = await db.inboxEvent.deleteMany({
    where: { inbox: { organizationId, mode } },
  });
  return { cleared: count };
}

function renderReceived(row: InboxEvent): ReceivedEvent {
  return {
    id: row.id,
    headers: row.headers as Record<string, string>,
    body: row.body,
    event_type: typeOf(row.body),
    genuine: row.genuine,
    created_at: row.createdAt.toISOString(),
  };
}

/** The `type` in an event's body; null for other bodies. */
function typeOf(body: string): string | null {
  try {
    const { type } = JSON.parse(body) as { type?: unknown };
    return typeof type === 'string' ? type.slice(0, 100) : null;
  } catch {
    return null;
  }
}
