import { afterEach, beforeEach, expect, it } from 'vitest';
import { reconcile } from '@/server/features/ledger';
import { db } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { useTestDatabase } from '@/server/testing/database';
import { brokenPayments } from '@/server/testing/invariants';
import { type StrikeDouble, startStrikeDouble } from '@/server/testing/strike-double';
import { useTestClock } from '@/server/testing/use-test-clock';
import { createVerifiedTask } from '@/server/testing/verified-task';
import { enterOutcome } from './enter-outcome';
import { getPayout } from './find-payouts';
import { addRail } from './rails/configure-rails';
import { sendPayout } from './send-payout';

useTestDatabase();

const operator = { kind: 'operator', userId: newId(), mode: 'live' } as const;
const reason = 'The history of the account shows it.';

let strike: StrikeDouble;
const time = useTestClock();
beforeEach(async () => {
  strike = await startStrikeDouble();
  await addRail(operator, {
    ...{ kind: 'strike', name: `strike-${newId().slice(-8)}`, lowBalanceSats: null },
    settings: { apiKey: strike.apiKey, url: strike.url },
    ...{ feeBaseSats: 5, feeBasisPoints: 100 },
  });
});
afterEach(async () => {
  await strike.stop();
  await db.rail.deleteMany();
});

/** A payout of 100 sats that was sent, as `fate` has it, and looked up a minute later. */
async function send(fate: StrikeDouble['fate']): Promise<string> {
  strike.fate = fate;
  const destination = strike.wallet.newInvoice({ owner: 'payee', amountSats: 100 }).text;
  const made = await createVerifiedTask({ mode: 'live', rail: 'lightning', destination });
  const [id = ''] = made.payoutIds;
  await sendPayout(id);
  time.advanceMs(61_000);
  await sendPayout(id);
  strike.fate = 'pays';
  return id;
}
const lastPayment = () => strike.paymentIds().at(-1) ?? '';

it('a payment that Strike names while it is under way is looked up by that name', async () => {
  const id = await send('keeps_pending');
  expect(await getPayout(operator, { id })).toMatchObject({ status: 'sending', acts: ['look_up'] });
  await strike.endPending();
  time.advanceMs(600_000);
  await sendPayout(id);
  expect(await getPayout(operator, { id })).toMatchObject({ status: 'paid' });
  expect(await brokenPayments()).toEqual([]);
});

it('one whose answer was lost is settled by the payment that an operator names, if it is that', async () => {
  await send('pays');
  const others = lastPayment();
  const id = await send('pays_silently');
  const payment = lastPayment();
  expect((await getPayout(operator, { id })).acts).toEqual(['look_up', 'enter_outcome']);
  for (const wrong of ['none', newId(), others]) {
    const entered = { id, outcome: 'paid', payment: wrong, reason } as const;
    await expect(enterOutcome(operator, entered)).rejects.toMatchObject({
      code: 'not_the_payment',
    });
  }
  const settled = await enterOutcome(operator, { id, outcome: 'paid', payment, reason });
  expect(settled).toMatchObject({ status: 'paid', tries: [{ feeSats: 3 }], acts: [] });
  expect(settled.log).toMatchObject([{ action: 'payout.outcome_entered', reason }]);
  expect(strike.wallet.receivedSats).toBe(200);
  expect(await reconcile()).toMatchObject({ ok: true });
});

it('one that never arrived is given up by an operator once its quote has ended, and sent again', async () => {
  strike.fate = 'loses';
  const destination = strike.wallet.newInvoice({ owner: 'payee', amountSats: 100 }).text;
  const made = await createVerifiedTask({ mode: 'live', rail: 'lightning', destination });
  const [id = ''] = made.payoutIds;
  await sendPayout(id);
  const entered = { id, outcome: 'not_paid', reason } as const;
  await expect(enterOutcome(operator, entered)).rejects.toMatchObject({
    code: 'may_still_be_paid',
  });
  time.advanceMs(24 * 3_600_000);
  await sendPayout(id);
  // However long it takes: nothing but somebody's word ends it.
  expect(await getPayout(operator, { id })).toMatchObject({ status: 'sending', attempts: 1 });
  expect(await enterOutcome(operator, entered)).toMatchObject({ status: 'pending' });
  await expect(enterOutcome(operator, entered)).rejects.toMatchObject({ code: 'payout_changed' });
  expect(strike.wallet.receivedSats).toBe(0);
  expect(await brokenPayments()).toEqual([]);
});

it('nobody but operators says what became of it', async () => {
  const id = await send('loses');
  const worker = { kind: 'worker', workerId: newId(), mode: 'live' } as never;
  await expect(enterOutcome(worker, { id, outcome: 'not_paid', reason })).rejects.toMatchObject({
    status: 403,
  });
});
