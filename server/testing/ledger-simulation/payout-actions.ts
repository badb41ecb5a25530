/** Workers' outgoing sats: reserved for an attempt, then sent, or returned. */
import {
  payoutReservation,
  payoutSettlement,
  postAll,
  returnPayout,
} from '@/server/features/ledger';
import { pick } from '@/server/features/sandbox/random';
import type { Tx } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { type Action, assertSame, refusalOf, satsBetween, takeAny } from './world';

const reserve: Action = {
  name: 'reserve a payout',
  weight: 5,
  async run({ random, model, steps, workers, mode }) {
    const workerId = pick(random, workers);
    const payable = model.balanceOf('worker_payable', workerId);
    const amountSats = satsBetween(random, 1, 300);
    const attempt = { id: newId(), workerId, amountSats };
    const posting = payoutReservation({ mode, attemptId: attempt.id, ...attempt });
    const post = (tx: Tx) => postAll(tx, [posting]);
    if (amountSats > payable) {
      const refusal = await refusalOf(steps.alone(post));
      assertSame('A payout beyond what is owed', refusal === null, false);
      return 'refused';
    }
    // Operators' gifts have their own payouts, which reserve their own sats.
    if (amountSats > payable - model.giftsLeft(workerId)) return 'nothing to do';
    assertSame('A reservation', (await steps.together(post)).size, 1);
    model.post('payout_reserve', `attempt:${attempt.id}`, [
      ['worker_payable', workerId, -amountSats],
      ['worker_in_flight', workerId, amountSats],
    ]);
    model.openAttempts.push(attempt);
    return 'done';
  },
};

const settle: Action = {
  name: 'settle a payout',
  weight: 4,
  async run({ random, model, steps, rail, mode }) {
    const attempt = takeAny(random, model.openAttempts);
    if (!attempt) return 'nothing to do';
    const { id: attemptId, workerId, amountSats } = attempt;
    const feeSats = random() < 0.5 ? 0n : satsBetween(random, 1, 5);
    const post = () => {
      const move = { mode, workerId, attemptId, amountSats, rail, feeSats };
      return steps.together((tx) => postAll(tx, [payoutSettlement(move)]));
    };
    assertSame('A settlement', (await post()).size, 1);
    if (random() < 0.1) assertSame('A settlement again', (await post()).size, 0);
    model.post('payout_settle', `attempt:${attemptId}`, [
      ['worker_in_flight', workerId, -amountSats],
      ['platform_fees', 'platform', -feeSats],
      ['rail_float', rail, amountSats + feeSats],
    ]);
    return 'done';
  },
};

const giveBack: Action = {
  name: 'return a payout',
  weight: 1,
  async run({ random, model, steps }) {
    const attempt = takeAny(random, model.openAttempts);
    if (!attempt) return 'nothing to do';
    const { id: attemptId, workerId, amountSats } = attempt;
    const post = () => steps.together((tx) => returnPayout(tx, { attemptId }));
    assertSame('A return', await post(), true);
    if (random() < 0.1) assertSame('A return again', await post(), false);
    model.post('payout_return', `attempt:${attemptId}`, [
      ['worker_in_flight', workerId, -amountSats],
      ['worker_payable', workerId, amountSats],
    ]);
    return 'done';
  },
};

export const PAYOUT_ACTIONS: readonly Action[] = [reserve, settle, giveBack];
