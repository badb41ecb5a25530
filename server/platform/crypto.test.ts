import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { newApiKeyText, parseApiKeyText } from './api-key-text';
import {
  canonicalJson,
  DecryptionFailed,
  decrypt,
  encrypt,
  hashJson,
  hashJsonInTurns,
  hashPassword,
  randomBase62,
  signWebhook,
  timingSafeEqualText,
  toBase62,
  verifyPassword,
} from './crypto';

describe('secrets at rest', () => {
  it('come back for the same context, and look different each time', () => {
    const once = encrypt('whsec_ä', 'endpoint:1');
    expect(once).toMatch(/^v1\.[\w-]+$/);
    expect(encrypt('whsec_ä', 'endpoint:1')).not.toBe(once);
    expect(decrypt(once, 'endpoint:1')).toBe('whsec_ä');
  });

  it('do not decrypt under another context, when changed, or when cut', () => {
    const sealed = encrypt('secret', 'endpoint:1');
    const middle = Math.floor(sealed.length / 2);
    const changed =
      sealed.slice(0, middle) + (sealed[middle] === 'A' ? 'B' : 'A') + sealed.slice(middle + 1);
    expect(() => decrypt(sealed, 'endpoint:2')).toThrow(DecryptionFailed);
    expect(() => decrypt(changed, 'endpoint:1')).toThrow(DecryptionFailed);
    expect(() => decrypt(sealed.slice(0, 20), 'endpoint:1')).toThrow(DecryptionFailed);
    expect(() => decrypt('plain', 'endpoint:1')).toThrow(/APP_SECRET/);
  });
});

describe('randomBase62', () => {
  it('gives every letter equally often', () => {
    const text = randomBase62(62_000);
    expect(text).toMatch(/^[0-9A-Za-z]{62000}$/);
    const counts = new Map<string, number>();
    for (const letter of text) counts.set(letter, (counts.get(letter) ?? 0) + 1);
    expect(counts.size).toBe(62);
    // 1,000 expected each; seven standard deviations on either side.
    for (const count of counts.values()) expect(Math.abs(count - 1_000)).toBeLessThan(222);
  });

  it('writes numbers with leading zeros', () => {
    expect(toBase62(61n, 3)).toBe('00z');
    expect(toBase62(62n, 3)).toBe('010');
  });
});

describe('API keys', () => {
  it.each(['live', 'test'] as const)('a new %s key is read back', (mode) => {
    const key = newApiKeyText(mode);
    expect(key.text).toMatch(new RegExp(`^ek_${mode}_[0-9A-Za-z]{38}$`));
    expect(parseApiKeyText(key.text)).toEqual(key);
    expect(key.text.endsWith(key.lastFour)).toBe(true);
  });

  it('a typo anywhere is refused without a look-up', () => {
    const { text } = newApiKeyText('test');
    for (let i = 0; i < text.length; i++) {
      const typo = text.slice(0, i) + (text[i] === 'x' ? 'y' : 'x') + text.slice(i + 1);
      expect([i, parseApiKeyText(typo)]).toEqual([i, null]);
    }
    expect(parseApiKeyText(text.replace('_test_', '_live_'))).toBeNull();
    expect(parseApiKeyText(`${text} `)).toBeNull();
    expect(parseApiKeyText('')).toBeNull();
  });
});

describe('signatures and hashes', () => {
  it('sign the timestamp and the raw body with the whole secret', () => {
    const secret = 'whsec_abc';
    const v1 = createHmac('sha256', secret).update('1700000000.{"a":1}').digest('hex');
    expect(signWebhook({ secret, timestamp: 1_700_000_000, body: '{"a":1}' })).toBe(
      `t=1700000000,v1=${v1}`,
    );
  });

  it('hash equal JSON equally, whatever the order of its keys', () => {
    expect(canonicalJson({ b: [1, { d: null, c: 'é' }], a: 1 })).toBe(
      '{"a":1,"b":[1,{"c":"é","d":null}]}',
    );
    expect(hashJson({ a: 1, b: 2 })).toBe(hashJson({ b: 2, a: 1 }));
    expect(hashJson({ a: 1 })).not.toBe(hashJson({ a: '1' }));
    expect(() => canonicalJson(undefined)).toThrow(TypeError);
  });

  it('compare texts of any length', () => {
    expect(timingSafeEqualText('abc', 'abc')).toBe(true);
    expect(timingSafeEqualText('abc', 'abcd')).toBe(false);
  });
});

describe('passwords', () => {
  it('verify against their own argon2id hash only', async () => {
    const stored = await hashPassword('correct horse');
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await verifyPassword(stored, 'correct horse')).toBe(true);
    expect(await verifyPassword(stored, 'wrong horse')).toBe(false);
    expect(await verifyPassword('damaged', 'correct horse')).toBe(false);
  });
});

describe('hashJsonInTurns', () => {
  it('is the same hash, whatever the shape', async () => {
    const values: unknown[] = [
      ['tasks.create_batch', {}, { z: undefined, a: 1 }, { tasks: [{ b: [], a: {} }, 'é"', null] }],
      { b: { d: [[[[1]]]], c: {} }, a: undefined, 'ä"': '\u2028' },
      [],
      {},
      [[undefined], [], {}],
      'text',
      12.5,
      null,
    ];
    for (const value of values) expect(await hashJsonInTurns(value)).toBe(hashJson(value));
  });

  it('lets others have their turn within one long list, wherever it stands', async () => {
    const list = Array.from({ length: 400_000 }, (_, index) => index % 10);
    const value = ['tasks.create', {}, { sandbox: { answer: { rows: [list] } } }];
    let turns = 0;
    let isOver = false;
    const count = () => {
      turns += 1;
      if (!isOver) setImmediate(count);
    };
    setImmediate(count);
    expect(await hashJsonInTurns(value)).toBe(hashJson(value));
    isOver = true;
    expect(turns).toBeGreaterThan(2);
  });
});
