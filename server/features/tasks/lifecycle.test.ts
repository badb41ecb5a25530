import { describe, expect, it } from 'vitest';
import { isTerminal, LIFECYCLE, TERMINAL_STATUSES } from './lifecycle';
import { TaskStatus } from './schema';

/** The contract's statuses, as it prints them. */
const ALLOWED = new Set([
  'posted→assigned',
  'assigned→assigned',
  'assigned→submitted',
  'submitted→verified',
  'submitted→failed',
  'posted→cancelled',
  'assigned→cancelled',
  'posted→expired',
  'assigned→expired',
  'submitted→expired',
  'assigned→posted',
  'submitted→posted',
]);

describe('a task’s life', () => {
  it('has exactly the ways of the contract', () => {
    const ways = Object.values(LIFECYCLE).flatMap(({ from, to }) =>
      from.map((at) => `${at}→${to}`),
    );
    expect(new Set(ways)).toEqual(ALLOWED);
  });

  it('lets nothing leave a terminal status', () => {
    for (const { from } of Object.values(LIFECYCLE)) {
      expect(from.filter((status) => isTerminal(status))).toEqual([]);
    }
  });

  it('can be ended from every status that is not terminal', () => {
    const open = TaskStatus.options.filter((status) => !isTerminal(status));
    expect(open).toHaveLength(TaskStatus.options.length - TERMINAL_STATUSES.length);
    for (const status of open) expect(LIFECYCLE.expire.from).toContain(status);
  });
});
