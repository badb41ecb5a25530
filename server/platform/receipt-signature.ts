import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { derivedKey } from './crypto';

/** DER around a raw Ed25519 seed (RFC 8410), which is all that Node asks for besides the 32 bytes. */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
const PUBLIC_KEY_BYTES = 32;

/**
 * Signs a text with this instance's Ed25519 key, which is derived from `APP_SECRET`.
 * @returns base64 of the signature and of the public key to check it with.
 */
export function signReceipt(text: string): {
  algorithm: 'ed25519';
  public_key: string;
  value: string;
} {
  const key = createPrivateKey({
    key: Buffer.concat([PKCS8_PREFIX, derivedKey('receipts:v1')]),
    format: 'der',
    type: 'pkcs8',
  });
  const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' });
  return {
    algorithm: 'ed25519',
    public_key: publicKey.subarray(-PUBLIC_KEY_BYTES).toString('base64'),
    value: sign(null, Buffer.from(text), key).toString('base64'),
  };
}
