import { describe, expect, it } from 'vitest';
import { flakyTests } from './playwright-report';

const spec = (title: string, status: string) => ({ file: 'a.spec.ts', title, tests: [{ status }] });

describe('the browser tests that needed a second try', () => {
  it('are named, however deep their group lies, and no others', () => {
    const inner = { specs: [spec('deep', 'flaky'), spec('broken', 'unexpected')] };
    const outer = { specs: [spec('plain', 'flaky'), spec('good', 'expected')], suites: [inner] };
    expect(flakyTests({ suites: [outer] })).toEqual(['a.spec.ts › plain', 'a.spec.ts › deep']);
  });

  it('are none where there is no report', () => {
    expect(flakyTests(undefined)).toEqual([]);
  });
});
