import { createHash, createPublicKey, verify as verifySignature } from 'node:crypto';
import { canonicalJson, type Json } from '../json.js';
import { EXIT, type ExitCode, UsageError } from './exit-code.js';
import type { Io } from './io.js';
import { jsonOption, readArgs, readInput } from './options.js';

/** DER before a raw Ed25519 public key (RFC 8410). */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');
const KEY_BYTES = 32;

interface SignedReceipt {
  /** What was signed. */
  facts: { [key: string]: Json };
  publicKey: string;
  value: string;
}

/** `verify FILE`: whether a receipt is as it was signed. */
export async function verify(args: readonly string[], io: Io): Promise<ExitCode> {
  const text = { type: 'string' } as const;
  const specs = { 'public-key': text, keys: text, payload: text, schema: text };
  const { values, given } = readArgs(args, specs, ['The FILE of a receipt']);
  const path = given[0] ?? '';
  const receipt = receiptOf(await readInput(path, io), path);
  const trusted = await trustedKeys(values['public-key'], values.keys, io);
  const about = {
    payload: await optionalJson('payload', values.payload, io),
    schema: await optionalJson('schema', values.schema, io),
  };
  const fault =
    faultOf(receipt, trusted) ??
    misfit(receipt, 'payload_sha256', about.payload, 'the payload') ??
    misfit(receipt, 'output_schema_sha256', about.schema, 'the output schema');
  const { publicKey, facts } = receipt;
  if (values.json) {
    const { task_id } = facts;
    const keyConfirmed = trusted !== undefined && !fault;
    io.out(
      JSON.stringify({
        valid: !fault,
        task_id,
        public_key: publicKey,
        key_confirmed: keyConfirmed,
        reason: fault ?? null,
      }),
    );
  } else if (fault) io.err(`Not valid: ${fault}`);
  else {
    io.out(`Valid: the receipt of task ${String(facts.task_id)} is as it was signed.`);
    io.out(`Key:   ${publicKey}`);
    if (trusted === undefined) {
      io.err(
        'This is the key that the receipt names itself; pass the one you know as --public-key, or the published ones as --keys, to check who signed.',
      );
    }
  }
  return fault ? EXIT.invalid : EXIT.done;
}

/** The keys that a receipt may be signed by; undefined if none was given. @throws UsageError */
async function trustedKeys(
  publicKey: string | undefined,
  keysPath: string | undefined,
  io: Io,
): Promise<readonly Buffer[] | undefined> {
  const published = keysPath === undefined ? [] : keysOf(await readInput(keysPath, io), keysPath);
  const own = publicKey === undefined ? undefined : rawKey(publicKey);
  if (publicKey !== undefined && !own) {
    throw new UsageError('--public-key must be the 32 bytes of an Ed25519 key, in base64.');
  }
  if (keysPath === undefined && !own) return undefined;
  return own ? [own, ...published] : published;
}

function keysOf(text: string, path: string): Buffer[] {
  const keys = (parsed(text, path) as { keys?: unknown } | null)?.keys;
  const raw = Array.isArray(keys)
    ? keys.map((key: { public_key?: unknown } | null) => rawKey(String(key?.public_key)))
    : [];
  const whole = raw.filter((key) => key !== undefined);
  if (whole.length === 0 || whole.length < raw.length) {
    throw new UsageError(
      `${path} holds no keys; save what GET /.well-known/humanrail-keys.json answers, as it is.`,
    );
  }
  return whole;
}

function parsed(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${path} is no JSON: ${(error as Error).message}.`);
  }
}

function receiptOf(text: string, path: string): SignedReceipt {
  const { signature, ...facts } = (parsed(text, path) ?? {}) as { [key: string]: Json };
  const { public_key, value: signed } = (signature ?? {}) as { [key: string]: unknown };
  if (facts.object !== 'receipt' || typeof public_key !== 'string' || typeof signed !== 'string') {
    throw new UsageError(
      `${path} is no receipt; save what GET /v1/tasks/{id}/receipt answers, as it is.`,
    );
  }
  return { facts, publicKey: public_key, value: signed };
}

/** What is wrong with the signature; undefined if nothing is. */
function faultOf({ facts, publicKey, value }: SignedReceipt, trusted?: readonly Buffer[]) {
  const raw = rawKey(publicKey);
  if (trusted && !trusted.some((key) => raw?.equals(key))) {
    return `it was signed by another key, ${publicKey}.`;
  }
  if (!raw) return 'the key that it names is no Ed25519 key.';
  const key = createPublicKey({
    key: Buffer.concat([SPKI_PREFIX, raw]),
    format: 'der',
    type: 'spki',
  });
  const signed = Buffer.from(canonicalJson(facts));
  if (verifySignature(null, signed, key, Buffer.from(value, 'base64'))) return undefined;
  return 'the signature does not fit; something in it was changed.';
}

function misfit({ facts }: SignedReceipt, field: string, value: Json | undefined, what: string) {
  if (value === undefined) return undefined;
  const digest = createHash('sha256').update(canonicalJson(value)).digest('hex');
  return digest === facts[field] ? undefined : `it is not about ${what} that you gave.`;
}

async function optionalJson(name: string, text: string | undefined, io: Io) {
  return text === undefined ? undefined : ((await jsonOption(name, text, io)) as Json);
}

function rawKey(text: string): Buffer | undefined {
  const raw = Buffer.from(text, 'base64');
  return raw.length === KEY_BYTES ? raw : undefined;
}
