import { sampleV0Event } from '@/server/features/v0';
import type { V0EventType } from '@/server/features/v0/schema';
import type { Actor, OrganizationActor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { InvalidRequest } from '@/server/platform/errors';
import { newId, newPrefixedId } from '@/server/platform/ids';
import { assertPublicUrl } from '@/server/platform/outbound-http';
import { assertManagesWebhooks } from './access';
import { sendTest } from './send-test';

/** The number of latest tasks searched for a callback URL. */
const LATEST = 1_000;

export interface CallbackTest {
  eventId: string;
  /** Null if it was not delivered. */
  deliveredAt: Date | null;
  statusCode: number | null;
  /** Why it does not count as delivered, or null. */
  error: string | null;
}

/**
 * Sends a v0 event about a fictional task to a callback URL once, immediately, signed with the
 * organization's secret. Defaults to the URL of the latest v0 task.
 * @throws Forbidden 403, InvalidRequest 400 without a URL, or for a disallowed one.
 */
export async function testCallback(
  actor: Actor,
  input: { eventType: V0EventType; callbackUrl?: string | undefined },
): Promise<CallbackTest> {
  const customer = assertManagesWebhooks(actor);
  const { organizationId, mode } = customer;
  const url = input.callbackUrl ?? (await latestCallbackUrl(customer));
  assertPublicUrl(url, { mode, param: 'callback_url' });
  const createdAt = clock.now();
  const eventId = newPrefixedId('evt');
  const sample = sampleV0Event(input.eventType, { eventId, taskId: newId(), createdAt });
  const event = { id: eventId, organizationId, mode, body: JSON.stringify(sample), createdAt };
  const { result } = await sendTest({ event, url, endpoint: null, dialect: 'v0' });
  return {
    eventId,
    deliveredAt: result.delivered ? clock.now() : null,
    statusCode: result.statusCode,
    error: result.error,
  };
}

async function latestCallbackUrl({ organizationId, mode }: OrganizationActor): Promise<string> {
  const [latest] = await db.$queryRaw<{ url: string }[]>`
    SELECT callback_url AS url
      FROM (SELECT id, callback_url, dialect FROM tasks
             WHERE organization_id = ${organizationId}::uuid AND mode = ${mode}::mode
             ORDER BY id DESC LIMIT ${LATEST}) AS latest
     WHERE callback_url IS NOT NULL AND dialect = 'v0'
     ORDER BY id DESC LIMIT 1`;
  if (latest) return latest.url;
  throw InvalidRequest.fromFaults([
    {
      param: 'callback_url',
      code: 'missing_field',
      message: 'callback_url is required, because none of the latest tasks has one.',
    },
  ]);
}
