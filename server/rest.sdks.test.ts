import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ERROR_TYPES } from '@/server/docs/error-codes';

interface ErrorCase {
  name: string;
  status: number;
  expect: { class: string; type: string | null; code: string | null };
}

const read = (path: string) => readFileSync(new URL(`../sdks/${path}`, import.meta.url), 'utf8');
const cases = (JSON.parse(read('conformance/errors.json')) as { cases: ErrorCase[] }).cases;
const retryable = (
  JSON.parse(read('conformance/retries.json')) as { retryable: { status: number }[] }
).retryable;

/** Every error that the API can answer with. */
const answers = ERROR_TYPES.flatMap(({ type, codes }) =>
  codes.map(({ status, code }) => ({ type, status, code })),
);
/** Statuses that this API does not return, but a proxy or a later version may. */
const FOREIGN = ['not_implemented', 'teapot'];

/** The rows of a README's table of errors: a class for each status. */
function classesIn(readme: string): Map<number, string> {
  const classes = new Map<number, string>();
  for (const [, statuses = '', names = ''] of readme.matchAll(/^\| (\d[^|]*)\| (.*) \|$/gm)) {
    const found = [...names.matchAll(/`\*?(\w+Error)`/g)].map(([, name]) => name ?? '');
    const asked = statuses.split(/[,·]/).map((text) => text.trim());
    asked.forEach((status, index) => {
      const name = found.length === asked.length ? found[index] : found[0];
      if (/^\d+$/.test(status)) classes.set(Number(status), name ?? '');
    });
  }
  return classes;
}

describe('the cases that every SDK runs', () => {
  it.each(answers)('have $status of $type, and a class for it', ({ type, status }) => {
    const same = cases.filter((one) => one.status === status && one.expect.type === type);
    expect(same).not.toEqual([]);
    for (const one of same) expect(one.expect.class).not.toBe('HumanRailError');
    expect(retryable.map((one) => one.status)).toContain(status);
  });

  it('have no code that the API does not have', () => {
    const known = answers.map(({ type, status, code }) => `${status} ${type} ${code}`);
    const told = cases
      .filter(({ expect: { code } }) => code !== null && !FOREIGN.includes(code))
      .map(({ status, expect: { type, code } }) => `${status} ${type} ${code}`);
    expect(told.filter((one) => !known.includes(one))).toEqual([]);
  });
});

describe.each(['typescript', 'python', 'go'])('the table of errors in sdks/%s/README.md', (sdk) => {
  it('has the class of every status of the API', () => {
    const classes = classesIn(read(`${sdk}/README.md`));
    for (const { status } of answers) {
      // Covered by the rows for no response and for 5xx.
      if (status === 408 || status >= 500) continue;
      const wanted = cases.find((one) => one.status === status)?.expect.class;
      expect([status, classes.get(status)]).toEqual([status, wanted]);
    }
  });
});
