import { sha256Hex } from '@/server/platform/crypto';
import { db } from '@/server/platform/db';
import { consume, type RateLimit } from '@/server/platform/rate-limit';
import { checkDeposit } from './check-deposit';

/** How often a rail may tell of one deposit. */
const NOTICES: RateLimit = { limit: 30, windowSeconds: 60 };
const TOKEN = /^[0-9A-Za-z]{43}$/;

export type Hearing = 'heard' | 'unknown' | 'too_many';

/**
 * A rail says that a deposit is paid. Nothing it sends is believed, whoever it is: it makes us ask the rail
 * ourselves, by the payment hash that we keep.
 * @param token of the address that the rail was given with the invoice.
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
