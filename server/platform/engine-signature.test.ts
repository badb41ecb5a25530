import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { bearerTokenOf, isSignatureOfJson, signText } from './engine-signature';

const key = 'signkey-prod-00112233';
const nowMs = 1_795_455_349_688;

describe('the signature of a job call', () => {
  it('is the one Inngest makes: HMAC of canonical JSON and seconds, by the key without its prefix', () => {
    const mac = createHmac('sha256', '00112233').update('{"a":1}1795455349').digest('hex');
    expect(signText('{"a":1}', key, nowMs)).toBe(`t=1795455349&s=${mac}`);
  });

  it('does not depend on the order of the keys or on white space', () => {
    const signature = signText('{"a":{"c":3,"d":2},"b":1}', key, nowMs);
    expect(isSignatureOfJson('{ "b":1, "a":{"d":2,"c":3} }', signature, key, nowMs)).toBe(true);
    expect(isSignatureOfJson('', signText('', key, nowMs), key, nowMs)).toBe(true);
  });

  it('counts for five minutes, in the past and in the future', () => {
    const signature = signText('{}', key, nowMs);
    for (const [skewMs, counts] of [
      [299_000, true],
      [-299_000, true],
      [301_000, false],
      [-302_000, false],
    ] as const) {
      expect(isSignatureOfJson('{}', signature, key, nowMs + skewMs), `${skewMs}`).toBe(counts);
    }
  });

  it.each([
    ['another body', '{"a":2}', undefined],
    ['no signature', '{"a":1}', null],
    ['half a signature', '{"a":1}', 't=1795455349'],
    ['a time that is none', '{"a":1}', `t=x&s=${'0'.repeat(64)}`],
    ['a body that is not JSON', '{"a":', undefined],
    ['a body without end', '['.repeat(200_000), undefined],
  ])('refuses %s', (_, body, given) => {
    const signature = given === undefined ? signText('{"a":1}', key, nowMs) : given;
    expect(isSignatureOfJson(body, signature, key, nowMs)).toBe(false);
    expect(
      isSignatureOfJson('{"a":1}', signText('{"a":1}', 'signkey-prod-44', nowMs), key, nowMs),
    ).toBe(false);
  });

  it('of a large body is checked on the text alone, which costs little', () => {
    const sorted = `{"a":"${'x'.repeat(3_000_000)}"}`;
    expect(isSignatureOfJson(sorted, signText(sorted, key, nowMs), key, nowMs)).toBe(true);
    const signature = signText(sorted, key, nowMs);
    expect(isSignatureOfJson(` ${sorted}`, signature, key, nowMs)).toBe(false);
  });
});

it('the bearer token is the hash of the key’s bytes, under the same prefix', () => {
  const hash = createHash('sha256').update(Buffer.from('00112233', 'hex')).digest('hex');
  expect(bearerTokenOf(key)).toBe(`signkey-prod-${hash}`);
});
