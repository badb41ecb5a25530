import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import canonicalize from 'canonicalize';
import { afterAll, describe, expect, it } from 'vitest';
import { runCommand } from './command-run.js';

const folder = mkdtempSync(join(tmpdir(), 'humanrail-verify-'));
afterAll(() => rmSync(folder, { recursive: true }));

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const rawKey = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64');

/** As the API makes them, by the canonical JSON of a library apart from the SDK. */
function receipt(change: Record<string, unknown> = {}) {
  const facts = {
    object: 'receipt',
    task_id: '01',
    // SHA-256 of {"text":"a"} and of {"type":"object"}.
    payload_sha256: '6193c97585a0f731ce7b500bb69d2476816afb14c8d95ac8e6e865f680e9e438',
    output_schema_sha256: 'a2c799262a3ce3c19ef5cdd983bf3d12b43ab3c426227091b909dcb7054738c0',
    output: { note: 'Größe €\u0007', n: 1e21, a: [1.0, null] },
    cost_sats: { held: 0, charged: 550, fee: 50 },
  };
  const text = canonicalize(facts) as string;
  const value = sign(null, Buffer.from(text), privateKey).toString('base64');
  return { ...facts, ...change, signature: { algorithm: 'ed25519', public_key: rawKey, value } };
}

function saved(content: unknown): string {
  const path = join(folder, 'receipt.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content, null, 2));
  return path;
}

describe('verify', () => {
  it('takes what is as it was signed, however it is laid out', async () => {
    const { code, out, err } = await runCommand(['verify', saved(receipt())]);
    expect(code).toBe(0);
    expect(out).toEqual(['Valid: the receipt of task 01 is as it was signed.', `Key:   ${rawKey}`]);
    expect(err[0]).toMatch(/key that the receipt names itself.*--public-key/);
  });

  it('takes any of the published keys, and no other', async () => {
    const path = saved(receipt());
    const keys = (...given: string[]) => {
      const file = join(folder, 'keys.json');
      writeFileSync(file, JSON.stringify({ keys: given.map((key) => ({ public_key: key })) }));
      return file;
    };
    const other = Buffer.alloc(32, 1).toString('base64');
    const args = ['verify', path, '--json', '--keys'];
    const known = await runCommand([...args, keys(other, rawKey)]);
    expect(known.code).toBe(0);
    expect(JSON.parse(known.out.join(''))).toMatchObject({ valid: true, key_confirmed: true });
    expect((await runCommand([...args, keys(other)])).code).toBe(5);
    for (const text of ['{}', '[', JSON.stringify({ keys: [{ public_key: 'short' }] })]) {
      const file = join(folder, 'no-keys.json');
      writeFileSync(file, text);
      const { code, err } = await runCommand([...args, file]);
      expect([code, err[0]]).toEqual([
        2,
        expect.stringMatching(/no-keys\.json (holds no keys|is no JSON)/),
      ]);
    }
  });

  it('takes the payload and the schema that it is about', async () => {
    const about = ['--payload', '{ "text": "a" }', '--schema', '{"type": "object"}'];
    expect((await runCommand(['verify', saved(receipt()), ...about])).code).toBe(0);
  });

  it('reads standard input, and says that the key is the one that you know', async () => {
    const args = ['verify', '-', '--public-key', rawKey, '--json'];
    const { code, out, err } = await runCommand(args, { stdin: JSON.stringify(receipt()) });
    expect([code, err]).toEqual([0, []]);
    expect(JSON.parse(out.join(''))).toEqual({
      valid: true,
      task_id: '01',
      public_key: rawKey,
      key_confirmed: true,
      reason: null,
    });
  });

  it.each([
    ['a changed output', { output: { note: 'other' } }, [], /something in it was changed/],
    ['a field too many', { extra: 1 }, [], /something in it was changed/],
    ['another signer', {}, ['--public-key', Buffer.alloc(32, 7).toString('base64')], /another key/],
    ['another payload', {}, ['--payload', '{"text":"b"}'], /not about the payload/],
    ['another schema', {}, ['--schema', '{}'], /not about the output schema/],
  ])('refuses %s with 5', async (_, change, options, reason) => {
    const { code, out, err } = await runCommand(['verify', saved(receipt(change)), ...options]);
    expect([code, out]).toEqual([5, []]);
    expect(err[0]).toMatch(reason);
    const asJson = await runCommand(['verify', saved(receipt(change)), ...options, '--json']);
    expect(JSON.parse(asJson.out.join(''))).toMatchObject({ valid: false, key_confirmed: false });
  });

  it('refuses a key that is none', async () => {
    const odd = { ...receipt(), signature: { public_key: 'AAAA', value: 'AAAA' } };
    const { code, err } = await runCommand(['verify', saved(odd)]);
    expect(code).toBe(5);
    expect(err[0]).toMatch(/no Ed25519 key/);
  });

  it.each([
    ['no JSON', '{', [], /is no JSON/],
    ['no receipt', { id: '01' }, [], /is no receipt; save what GET/],
    ['null', 'null', [], /is no receipt/],
    ['a key of the wrong size', receipt(), ['--public-key', 'AAAA'], /must be the 32 bytes/],
  ])('%s is a wrong use, and ends with 2', async (_, content, options, message) => {
    const { code, err } = await runCommand(['verify', saved(content), ...options]);
    expect(code).toBe(2);
    expect(err[0]).toMatch(message);
  });

  it('a file that is not there ends with 2', async () => {
    expect((await runCommand(['verify', join(folder, 'none.json')])).code).toBe(2);
  });
});
