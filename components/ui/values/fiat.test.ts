import { expect, it } from 'vitest';
import type { Rate } from '@/server/features/rates/schema';
import { fiatText, perBtcText } from './fiat';

const rate = (currency: Rate['currency'], perBtc: number): Rate => ({
  currency,
  perBtc,
  from: 'override',
  at: null,
});

it('sats are shown in a currency with the digits it has, and with more where they say nothing', () => {
  const usd = rate('USD', 70_000);
  expect(fiatText(1_200, usd)).toBe('$0.84');
  expect(fiatText(1_000_000n, usd)).toBe('$700.00');
  expect(fiatText(6, usd)).toBe('$0.0042');
  expect(fiatText(100, usd)).toBe('$0.07');
  expect(fiatText(0, usd)).toBe('$0.00');
  expect(fiatText(1_200, rate('JPY', 14_000_000))).toBe('¥168');
  expect(perBtcText(usd)).toBe('$70,000');
});
