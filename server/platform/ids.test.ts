import { describe, expect, it } from 'vitest';
import { useClock } from './clock';
import { isUuid, newId, newPrefixedId, timeOfId } from './ids';

describe('ids', () => {
  it('sort in the order they were made, in one millisecond too', () => {
    const restore = useClock({ nowMs: () => 1_700_000_000_000 });
    const ids = Array.from({ length: 2_000 }, newId);
    restore();
    expect(ids.toSorted()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every(isUuid)).toBe(true);
  });

  it('sort by time across milliseconds', () => {
    let now = 1_700_000_000_000;
    const restore = useClock({ nowMs: () => now++ });
    const ids = Array.from({ length: 100 }, newId);
    restore();
    expect(ids.toSorted()).toEqual(ids);
  });

  it('tell when they were made, to the millisecond', () => {
    const restore = useClock({ nowMs: () => 1_700_000_000_123 });
    const id = newId();
    restore();
    expect(timeOfId(id)).toBe(1_700_000_000_123);
  });

  it('carry the prefix of their kind', () => {
    expect(newPrefixedId('evt')).toMatch(/^evt_[0-9a-f]{32}$/);
  });
});
