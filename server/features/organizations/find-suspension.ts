import { wallClock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { LruCache } from '@/server/platform/lru-cache';
import { processWide } from '@/server/platform/process-wide';
import { OrganizationSuspended } from './errors';

const FRESH_MS = 2_500;
const KEPT_MAX = 10_000;

interface Kept {
  suspended: boolean;
  readAtMs: number;
}

const kept = () => processWide('organizations.suspension', () => new LruCache<Kept>(KEPT_MAX));

/** Whether an operator has suspended the organization; at most 2.5 seconds behind, since every call asks. */
export async function isSuspended(organizationId: string): Promise<boolean> {
  const known = kept().get(organizationId);
  if (known && wallClock.nowMs() - known.readAtMs < FRESH_MS) return known.suspended;
  const row = await db.organization.findUnique({
    where: { id: organizationId },
    select: { suspendedAt: true },
  });
  const suspended = Boolean(row?.suspendedAt);
  kept().set(organizationId, { suspended, readAtMs: wallClock.nowMs() });
  return suspended;
}

/** @throws OrganizationSuspended 403 */
export async function assertNotSuspended(organizationId: string): Promise<void> {
  if (await isSuspended(organizationId)) throw new OrganizationSuspended();
}

/** To be called after the switch was changed: from then on this process reads it anew. */
export function forgetSuspension(organizationId: string): void {
  kept().delete(organizationId);
}
