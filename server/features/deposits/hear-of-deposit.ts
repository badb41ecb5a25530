import { sha256Hex } from '@/server/platform/crypto';
import { db } from '@/server/platform/db';
import { consume, type RateLimit } from '@/server/platform/rate-limit';
import { checkDeposit } from './check-deposit';

/** Rate limit for a rail's notifications about one deposit. */
const NOTICES: RateLimit = { limit: 30, windowSeconds: 60 };
const TOKEN = /^[0-9A-Za-z]{43}$/;

export type Hearing = 'heard' | 'unknown' | 'too_many';

/**
 * Handles a rail's notification that a deposit is paid. Its contents are not trusted: it only
 * triggers a query of the rail by the stored payment hash.
 * @param token from the notification address given to the rail with the invoice.
 */
export async function hearOfDeposit(token: string): Promise<Hearing> {
  if (!TOKEN.test(token)) return 'unknown';
  const row = await db.deposit.findUnique({
    where: { notifyHash: sha256Hex(token) },
    select: { id: true },
  });
  if (!row) return 'unknown';
  const taken = await consume(`deposit-notices:${row.id}`, NOTICES);
  if (!taken.allowed) return 'too_many';
  await checkDeposit(row.id);
  return 'heard';
}
