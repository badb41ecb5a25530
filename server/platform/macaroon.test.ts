import { describe, expect, it } from 'vitest';
import { mintMacaroon, verifyMacaroon } from './macaroon';

const ROOT = Buffer.from(Array.from({ length: 32 }, (_, n) => n));
const IDENTIFIER = Buffer.from(Array.from({ length: 66 }, (_, n) => n));
const HEAD = `AgJCAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+P0BB`;

/** As encoded by gopkg.in/macaroon.v2, with the caveat `request_sha256=aa`. */
const OF_GO = `${HEAD}AAIRcmVxdWVzdF9zaGEyNTY9YWEAAAYgyYqPeHXPnpUl7eRRnlyEzyUVZCtr0QK9jHWsCyhvkss=`;
/** With a location, and a second caveat of 200 bytes. */
const LONG_OF_GO = [
  'AgEEbHNhdAJCAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+P0BB',
  'AAIRcmVxdWVzdF9zaGEyNTY9YWEAAsgBbm90ZT14',
  'eHh4'.repeat(64),
  'eHgAAAYguoIdfmQyEFucEHYMAcS7aN27jeKCYhooRLIkdfBbomg=',
].join('');

describe('a macaroon', () => {
  it('is written as other libraries write it', () => {
    const minted = mintMacaroon(ROOT, { identifier: IDENTIFIER, caveats: ['request_sha256=aa'] });
    expect(minted).toBe(OF_GO);
  });

  it('is read as other libraries write it, with a location and long caveats', () => {
    const read = verifyMacaroon(ROOT, LONG_OF_GO);
    expect(read?.identifier.equals(IDENTIFIER)).toBe(true);
    expect(read?.caveats).toEqual(['request_sha256=aa', `note=${'x'.repeat(195)}`]);
  });

  it('is refused under another root key, and with any byte changed, cut off or added', () => {
    const bytes = Buffer.from(OF_GO, 'base64');
    expect(verifyMacaroon(Buffer.alloc(32, 7), OF_GO)).toBeNull();
    for (let n = 0; n < bytes.length; n++) {
      const changed = Buffer.from(bytes);
      changed[n] = (changed[n] ?? 0) ^ 1;
      expect(verifyMacaroon(ROOT, changed.toString('base64')), `byte ${n}`).toBeNull();
      expect(verifyMacaroon(ROOT, bytes.subarray(0, n).toString('base64')), `cut ${n}`).toBeNull();
    }
    expect(verifyMacaroon(ROOT, Buffer.concat([bytes, Buffer.from([0])]).toString('base64'))).toBe(
      null,
    );
  });

  it.each(['', 'AA==', 'not base64 at all', 'Ag'.repeat(4_000)])(
    'is not read from %.20j',
    (text) => {
      expect(verifyMacaroon(ROOT, text)).toBeNull();
    },
  );
});
