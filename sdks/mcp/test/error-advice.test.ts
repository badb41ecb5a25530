import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ADVICE_BY_CODE } from '../src/error-advice.js';

it('there is advice only on codes that the API has', () => {
  const document = readFileSync(new URL('../../../public/openapi.json', import.meta.url), 'utf8');
  const codes = new Set<string>();
  JSON.parse(document, (key, value: unknown) => {
    if (key === 'x-error-codes') for (const code of value as string[]) codes.add(code);
    return value;
  });
  expect(codes.size).toBeGreaterThan(20);
  expect(Object.keys(ADVICE_BY_CODE).filter((code) => !codes.has(code))).toEqual([]);
});
