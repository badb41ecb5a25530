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
