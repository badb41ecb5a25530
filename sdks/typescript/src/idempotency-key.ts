import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/**
 * A key that is the same for the same question: the namespace, a colon, and the first 32 hex
 * digits of the SHA-256 of the parts joined by colons. A second run of your program then gets the
 * first task back instead of paying for another.
 *
 * @example idempotencyKey('order-service', 'order-12345', 'refund-check')
 * // 'order-service:0628125436ba104e9904a80231f821da'
 */
export function idempotencyKey(namespace: string, ...parts: string[]): string {
  return `${namespace}:${shortDigest(parts.join(':'))}`;
}

/** The first 32 hex digits of a text's SHA-256. */
export function shortDigest(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text))).slice(0, 32);
}

/** A random UUID, for a request that came without a key of its own. */
export function randomKey(): string {
  if (typeof globalThis.crypto?.randomUUID === 'function') return globalThis.crypto.randomUUID();
  // Node 18 and pages without TLS lack randomUUID. A key must be unique, it need not be secret.
  const digit = (): string => Math.floor(Math.random() * 16).toString(16);
  const digits = (count: number): string => Array.from({ length: count }, digit).join('');
  return `${digits(8)}-${digits(4)}-4${digits(3)}-a${digits(3)}-${digits(12)}`;
}
