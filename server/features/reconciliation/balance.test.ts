import { describe, expect, it } from 'vitest';
import { type Base, CONFIRMED_MS, judgeBalance, type Look } from './balance';

const NEW: Base = { baseSats: null, slackSats: 0n, payments: 0, driftSince: null };
const START = Date.UTC(2026, 4, 4);

/** Runs looks five minutes apart and returns each result. */
function judgeAll(...looks: Partial<Look>[]) {
  let known = NEW;
  return looks.map((look, n) => {
    const at = new Date(START + n * (CONFIRMED_MS + 60_000));
    const none = { balanceSats: 0n, floatSats: 0n, openSats: 0n, payments: 0 };
    const judged = judgeBalance(known, { at, ...none, ...look });
    known = judged;
    return judged;
  });
}

describe('what a rail holds', () => {
  it('is as it should be while it moves as the ledger does', () => {
    const judged = judgeAll(
      { balanceSats: 500_000n, floatSats: -100_000n },
      // 30,000 paid out, 3 of them fees; 7,000 paid in.
      { balanceSats: 477_000n, floatSats: -77_000n },
    );
    expect(judged[1]).toMatchObject({ driftSats: 0n, driftSince: null, isTold: false });
  });

  it('is told of where it stays off, with all of what it is off by, and no more once it comes back', () => {
    const [, first, second, third] = judgeAll(
      { balanceSats: 500_000n },
      { balanceSats: 480_000n },
      { balanceSats: 470_000n },
      { balanceSats: 500_000n },
    );
    expect(first).toMatchObject({ driftSats: -20_000n, isTold: false });
    expect(second).toMatchObject({ driftSats: -30_000n, isTold: true });
    expect(third).toMatchObject({ driftSats: 0n, isTold: false });
  });

  it('is not told of for what was under way at either look, however long ago the first was', () => {
    const judged = judgeAll(
      { balanceSats: 450_000n, openSats: 50_000n },
      { balanceSats: 500_000n },
      { balanceSats: 440_000n, openSats: 60_000n },
      { balanceSats: 440_000n, floatSats: 60_000n },
    );
    expect(judged.map(({ isTold }) => isTold)).toEqual([false, false, false, false]);
    expect(judged[3]).toMatchObject({ slackSats: 0n, driftSince: null });
  });

  it('may be off by a sat a payment, which hides nothing of the next night', () => {
    const judged = judgeAll(
      { balanceSats: 500_000n },
      { balanceSats: 460_000n, floatSats: 45_000n, payments: 9_000 },
      { balanceSats: 455_000n, floatSats: 45_000n },
      { balanceSats: 455_000n, floatSats: 45_000n },
    );
    expect(judged.map(({ isTold }) => isTold)).toEqual([false, false, false, true]);
    expect(judged[3]?.driftSats).toBe(-5_000n);
  });

  it('is not told of for a node’s own costs, but for many of them together', () => {
    const looks = Array.from({ length: 5 }, (_, n) => ({
      balanceSats: 500_000n - 400n * BigInt(n),
    }));
    expect(judgeAll(...looks).map(({ isTold }) => isTold)).toEqual([
      ...[false, false, false, false, true],
    ]);
  });
});
