import { timingSafeEqual } from 'node:crypto';
import { bech32 } from '@scure/base';
import { derivedKey, hmacSha256Hex } from '@/server/platform/crypto';
import { env } from '@/server/platform/env';
import { UUID_BYTES, uuidBytes, uuidOf } from './uuid-bytes';

const MAC_BYTES = 16;
/** LNURL uses bech32 beyond the usual length limit. */
const LNURL_CHARS_MAX = 2_000;

/**
 * Where a refund is claimed: anyone who knows the address gets the sats, as in LNURL-withdraw
 * (LUD-03).
 */
export interface RefundLink {
  /** Part of the address, and returned by the wallet as `k1`. */
  secret: string;
  url: string;
  /** The address as bech32 in upper case, which makes smaller QR codes. */
  lnurl: string;
}

/** The refund link of a deposit; deterministic. */
export function refundLink(depositId: string): RefundLink {
  const secret = Buffer.concat([uuidBytes(depositId), macOf(depositId)]).toString('base64url');
  const url = `${env.PUBLIC_URL}/api/lnurl/refunds/${secret}`;
  const words = bech32.toWords(Buffer.from(url));
  return { secret, url, lnurl: bech32.encode('lnurl', words, LNURL_CHARS_MAX).toUpperCase() };
}

/** The deposit of a link's secret; null if the secret is not ours. */
export function depositOfSecret(secret: string): string | null {
  const bytes = Buffer.from(secret, 'base64url');
  if (bytes.length !== UUID_BYTES + MAC_BYTES) return null;
  const id = uuidOf(bytes.subarray(0, UUID_BYTES));
  return timingSafeEqual(bytes.subarray(UUID_BYTES), macOf(id)) ? id : null;
}

const macOf = (depositId: string) =>
  Buffer.from(hmacSha256Hex(derivedKey('l402-refund'), depositId), 'hex').subarray(0, MAC_BYTES);
