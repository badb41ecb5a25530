import { expect, it } from 'vitest';
import { checkDelayMs } from './check-schedule';

const SECOND_MS = 1_000;
const HOUR_MS = 3_600_000;

it('a rail is asked often at first, then less, and not any more a day after the invoice expired', () => {
  const deposit = { createdAt: new Date(0), expiresAt: new Date(HOUR_MS) };
  const delays = [0, 179 * SECOND_MS, 180 * SECOND_MS, 1.1 * HOUR_MS, 1.2 * HOUR_MS].map((at) =>
    checkDelayMs(deposit, at),
  );
  expect(delays).toEqual([5_000, 5_000, 60_000, 60_000, 1_800_000]);
  expect(checkDelayMs(deposit, 24.9 * HOUR_MS)).toBe(1_800_000);
  expect(checkDelayMs(deposit, 25 * HOUR_MS)).toBeNull();
});
