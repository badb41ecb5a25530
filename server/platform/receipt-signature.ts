import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { clock } from './clock';
import { derivedKey } from './crypto';
import { db } from './db';
import { processWide } from './process-wide';

/** The DER prefix of a raw Ed25519 seed (RFC 8410), which Node requires. */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
const PUBLIC_KEY_BYTES = 32;
const ALGORITHM = 'ed25519' as const;

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

export interface ReceiptKey {
  algorithm: typeof ALGORITHM;
  /** Base64 of the 32 bytes. */
  public_key: string;
  /** When it was first used, ISO 8601; null if never. */
  first_used_at: string | null;
  /** `current` is in use; `former` was used before `APP_SECRET` was changed. */
  status: 'current' | 'former';
}

/** All current and former keys of this instance's receipts, the current one first. */
export async function receiptKeys(): Promise<ReceiptKey[]> {
  const current = publicKeyOf(privateKey());
  const used = await db.receiptKey.findMany({ orderBy: { firstUsedAt: 'desc' } });
  const own = used.find(({ publicKey }) => publicKey === current);
  const keyOf = (
    publicKey: string,
    at: Date | undefined,
    status: ReceiptKey['status'],
  ): ReceiptKey => ({
    algorithm: ALGORITHM,
    public_key: publicKey,
    first_used_at: at?.toISOString() ?? null,
    status,
  });
  return [
    keyOf(current, own?.firstUsedAt, 'current'),
    ...used
      .filter((key) => key !== own)
      .map((key) => keyOf(key.publicKey, key.firstUsedAt, 'former')),
  ];
}

export interface ReceiptSignature {
  algorithm: typeof ALGORITHM;
  public_key: string;
  /** Base64. */
  value: string;
}

/**
 * Signs a text with this instance's Ed25519 key, which is derived from `APP_SECRET`. The public key
 * is stored first, so that signatures stay verifiable after `APP_SECRET` was changed.
 * @returns base64 of the signature and of the public key.
 */
export async function signReceipt(text: string): Promise<ReceiptSignature> {
  const key = privateKey();
  const publicKey = publicKeyOf(key);
  await keepKey(publicKey);
  const value = sign(null, Buffer.from(text), key).toString('base64');
  return { algorithm: ALGORITHM, public_key: publicKey, value };
}

/** Once per process and key. */
async function keepKey(publicKey: string): Promise<void> {
  const kept = processWide('receipt-keys.kept', () => new Set<string>());
  if (kept.has(publicKey)) return;
  await db.receiptKey.createMany({
    data: [{ publicKey, firstUsedAt: clock.now() }],
    skipDuplicates: true,
  });
  kept.add(publicKey);
}
