import { timingSafeEqual } from 'node:crypto';
import { bech32 } from '@scure/base';
import { derivedKey, hmacSha256Hex } from '@/server/platform/crypto';
import { env } from '@/server/platform/env';
import { UUID_BYTES, uuidBytes, uuidOf } from './uuid-bytes';

const MAC_BYTES = 16;
/** bech32 as LNURL uses it is longer than addresses are. */
const LNURL_CHARS_MAX = 2_000;

/** Where a refund is claimed: whoever knows the address gets the sats, as with LNURL-withdraw (LUD-03). */
export interface RefundLink {
  /** In the address; also what the wallet gives back as `k1`. */
  secret: string;
  url: string;
  /** The address as bech32, in capital letters, as QR codes want it. */
  lnurl: string;
}

/** The link of a deposit's refund, the same each time. */
export function refundLink(depositId: string): RefundLink {
  const secret = Buffer.concat([uuidBytes(depositId), macOf(depositId)]).toString('base64url');
  const url = `${env.PUBLIC_URL}/api/lnurl/refunds/${secret}`;
  const words = bech32.toWords(Buffer.from(url));
  return { secret, url, lnurl: bech32.encode('lnurl', words, LNURL_CHARS_MAX).toUpperCase() };
}

/** The deposit that a link's secret is of; null where it is none of ours. */
export function depositOfSecret(secret: string): string | null {
  const bytes = Buffer.from(secret, 'base64url');
  if (bytes.length !== UUID_BYTES + MAC_BYTES) return null;
  const id = uuidOf(bytes.subarray(0, UUID_BYTES));
  return timingSafeEqual(bytes.subarray(UUID_BYTES), macOf(id)) ? id : null;
}

const macOf = (depositId: string) =>
  Buffer.from(hmacSha256Hex(derivedKey('l402-refund'), depositId), 'hex').subarray(0, MAC_BYTES);
