import { describe, expect, it } from 'vitest';
import { readGoEvents } from './go-tests';

const lines = (...events: (object | string)[]) =>
  events.map((event) => (typeof event === 'string' ? event : JSON.stringify(event))).join('\n');
const Package = 'example.com/go';

describe('the tests of Go', () => {
  it('are counted once, those with parts by their parts', () => {
    const text = lines(
      { Action: 'run', Package, Test: 'TestA' },
      { Action: 'pass', Package, Test: 'TestA/one' },
      { Action: 'pass', Package, Test: 'TestA/two/deep' },
      { Action: 'pass', Package, Test: 'TestA/two' },
      { Action: 'fail', Package, Test: 'TestA/three/of_four' },
      { Action: 'fail', Package, Test: 'TestA/three' },
      { Action: 'fail', Package, Test: 'TestA' },
      { Action: 'skip', Package, Test: 'TestLive' },
      { Action: 'pass', Package, Test: 'TestAB' },
      { Action: 'fail', Package },
    );
    expect(readGoEvents(text).outcome).toEqual({ passed: 3, failed: 1, skipped: 1 });
  });

  it('are told where they failed or were skipped, as is what belongs to none', () => {
    const text = lines(
      { Action: 'output', Package, Test: 'TestGood', Output: 'all is well\n' },
      { Action: 'output', Package, Test: 'TestBad', Output: 'bad.go:1: no\n' },
      { Action: 'pass', Package, Test: 'TestGood' },
      { Action: 'fail', Package, Test: 'TestBad' },
      { Action: 'output', Package, Output: 'FAIL\n' },
      './client.go:7:14: undefined: TaskService',
      '{"ImportPath":"no event"}',
    );
    expect(readGoEvents(text).words).toBe(
      'bad.go:1: no\nFAIL\n./client.go:7:14: undefined: TaskService\n{"ImportPath":"no event"}',
    );
  });
});
