import { describe, expect, it } from 'vitest';
import { compileOutputValidator } from './output-validator';

describe('patterns', () => {
  it('are each held to their own, in one schema and across schemas', () => {
    const both = compileOutputValidator({
      type: 'object',
      properties: {
        code: { type: 'string', pattern: '^[A-Z]{3}-[0-9]{9}$' },
        zip: { type: 'string', pattern: '^[0-9]{5}$' },
      },
      patternProperties: { '^x_': { type: 'number' } },
    });
    expect(both({ code: 'ABC-123456789', zip: '12345', x_a: 1 })).toEqual({ ok: true });
    expect(both({ code: '12345', zip: 'ABC-123456789', x_a: 'no' })).toMatchObject({
      ok: false,
      errors: [{ pointer: '/code' }, { pointer: '/zip' }, { pointer: '/x_a' }],
    });
    const other = compileOutputValidator({ type: 'string', pattern: '^only this$' });
    expect(other('only this')).toEqual({ ok: true });
    expect(other('12345').ok).toBe(false);
  });
});

describe('multipleOf', () => {
  const accepts = (step: number, value: number) =>
    compileOutputValidator({ type: 'number', multipleOf: step })(value).ok;

  it('follows decimal arithmetic for amounts of every size', () => {
    for (const cents of [2000000.13, 111848.18, 19.99, 0.07, -4.35, 0, 90071992547409.91]) {
      expect(accepts(0.01, cents), String(cents)).toBe(true);
    }
    expect(accepts(0.1, 0.3)).toBe(true);
    expect(accepts(0.000001, 123456.654321)).toBe(true);
    expect(accepts(2.5, 1e21)).toBe(true);
    expect(accepts(1e-300, 1e300)).toBe(true);
    expect(accepts(0.01, 1e-7)).toBe(false);
    expect(accepts(0.01, 2000000.131)).toBe(false);
    expect(accepts(0.01, 0.010000000001)).toBe(false);
    expect(accepts(3, 10)).toBe(false);
    expect(accepts(1e300, 1)).toBe(false);
  });

  it('says which multiple is asked for', () => {
    const check = compileOutputValidator({ type: 'number', multipleOf: 0.05 })(0.12);
    expect(check).toMatchObject({ errors: [{ message: 'must be a multiple of 0.05' }] });
  });
});
