import { describe, expect, it } from 'vitest';
import { outcomeOf } from './python-tests';

describe('the report of pytest', () => {
  it('is counted, errors among the failures', () => {
    const xml =
      '<?xml version="1.0"?><testsuites name="pytest tests"><testsuite name="pytest" errors="1" failures="2" skipped="3" tests="10" time="0.1"><testcase name="a"/></testsuite></testsuites>';
    expect(outcomeOf(xml)).toEqual({ passed: 4, failed: 3, skipped: 3 });
  });

  it('is nothing where there is none', () => {
    expect(outcomeOf('')).toEqual({ passed: 0, failed: 0, skipped: 0 });
  });
});
