import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { derivedKey } from './crypto';

/** DER around a raw Ed25519 seed (RFC 8410), which is all that Node asks for besides the 32 bytes. */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
const PUBLIC_KEY_BYTES = 32;

function privateKey(): KeyObject {
  return createPrivateKey({
    key: Buffer.concat([PKCS8_PREFIX, derivedKey('receipts:v1')]),
    format: 'der',
    type: 'pkcs8',
  });
}

function publicKeyOf(key: KeyObject): string {
  const der = createPublicKey(key).export({ format: 'der', type: 'spki' });
  return der.subarray(-PUBLIC_KEY_BYTES).toString('base64');
}

/** The keys that receipts of this instance are signed by: base64 of the 32 bytes of each. */
export function receiptKeys(): { algorithm: 'ed25519'; public_key: string }[] {
  return [{ algorithm: 'ed25519', public_key: publicKeyOf(privateKey()) }];
}

/**
 * Signs a text with this instance's Ed25519 key, which is derived from `APP_SECRET`.
 * @returns base64 of the signature and of the public key to check it with.
 */
export function signReceipt(text: string): {
  algorithm: 'ed25519';
  public_key: string;
  value: string;
} {
  const key = privateKey();
  return {
    algorithm: 'ed25519',
    public_key: publicKeyOf(key),
    value: sign(null, Buffer.from(text), key).toString('base64'),
  };
}
