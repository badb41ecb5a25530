import { expect, it } from 'vitest';
import { ownSeconds } from './own-seconds';

it('an answer counts the time since its start, of which a forgotten tab adds no more than the page had', () => {
  const at = (elapsedMs: number, telemetry: unknown) => ownSeconds({ elapsedMs, telemetry });
  expect(at(40_000, { activeMs: 40_000 })).toBe(40);
  // Looked something up elsewhere.
  expect(at(60_000, { activeMs: 40_000 })).toBe(60);
  // Left alone for an hour.
  expect(at(3_640_000, { activeMs: 40_000 })).toBe(80);
  // A form that reports nothing, or that it was never in focus.
  expect(at(40_000, null)).toBe(40);
  expect(at(40_000, { activeMs: 0 })).toBe(40);
  // A report cannot exceed the server's clock, and nothing divides by zero.
  expect(at(5_000, { activeMs: 86_400_000 })).toBe(5);
  expect(at(0, { activeMs: 10 })).toBe(1);
});
