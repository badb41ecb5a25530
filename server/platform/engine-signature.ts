import { createHash, createHmac } from 'node:crypto';
import canonicalize from 'canonicalize';
import { timingSafeEqualText } from './crypto';

/**
 * Authentication in Inngest's protocol: engine and app share a signing key and sign their requests.
 * The signature covers a timestamp, so that recorded requests expire.
 */

/** The secrets shared by app and engine. */
export interface EngineKeys {
  /** Part of the address that events are posted to. */
  eventKey: string;
  /** `signkey-<env>-` followed by an even number of hexadecimal digits. */
  signingKey: string;
}

const KEY_PREFIX = /^signkey-[\w]+-/;
const SKEW_MS_MAX = 5 * 60_000;
/** Canonicalizing a body costs time and can be triggered by anyone, so only up to this size. */
const UNSORTED_CHARS_MAX = 256 * 1024;

/** Signs a text; the format is `t=<seconds>&s=<hex>`. */
export function signText(text: string, signingKey: string, nowMs: number): string {
  const seconds = Math.floor(nowMs / 1_000);
  return `t=${seconds}&s=${macOf(text, signingKey, String(seconds))}`;
}

/** Whether `signature` is valid for `text` and at most five minutes old. */
export function isSignatureOf(
  text: string,
  signature: string | null | undefined,
  signingKey: string,
  nowMs: number,
): boolean {
  const parts = partsOf(signature, nowMs);
  return parts !== null && timingSafeEqualText(macOf(text, signingKey, parts.seconds), parts.mac);
}

/**
 * Whether `signature` is valid for the JSON text `body`. The signature covers the canonical form
 * (RFC 8785), which may differ from what was sent: canonical bodies are accepted in any size,
 * others up to 256 K characters.
 */
export function isSignatureOfJson(
  body: string,
  signature: string | null | undefined,
  signingKey: string,
  nowMs: number,
): boolean {
  if (isSignatureOf(body, signature, signingKey, nowMs)) return true;
  if (partsOf(signature, nowMs) === null || body.length > UNSORTED_CHARS_MAX) return false;
  const canonical = canonicalOf(body);
  return canonical !== null && isSignatureOf(canonical, signature, signingKey, nowMs);
}

/** The canonical form of a JSON text; null if it is not JSON or nested too deeply. */
export function canonicalOf(json: string): string | null {
  try {
    return canonicalize(JSON.parse(json)) ?? null;
  } catch {
    return null;
  }
}

/** The bearer token that the SDK derives from its signing key. */
export function bearerTokenOf(signingKey: string): string {
  const prefix = KEY_PREFIX.exec(signingKey)?.[0] ?? '';
  const key = Buffer.from(signingKey.slice(prefix.length), 'hex');
  return prefix + createHash('sha256').update(key).digest('hex');
}

function macOf(text: string, signingKey: string, seconds: string): string {
  const key = signingKey.replace(KEY_PREFIX, '');
  return createHmac('sha256', key).update(text).update(seconds).digest('hex');
}

function partsOf(
  signature: string | null | undefined,
  nowMs: number,
): { seconds: string; mac: string } | null {
  const found = /^t=(\d{1,12})&s=([0-9a-f]{64})$/.exec(signature ?? '');
  const [, seconds = '', mac = ''] = found ?? [];
  if (!found || Math.abs(nowMs - Number(seconds) * 1_000) > SKEW_MS_MAX) return null;
  return { seconds, mac };
}
