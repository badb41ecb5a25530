import { z } from 'zod';
import type { Subscriber } from '@/server/platform/outbox';
import { type Job, job, sweep } from '@/server/transport/jobs/job';
import { checkRails } from './rails/check-rails';
import { lookUpDirectPayments } from './rails/direct-payment';
import { syncEnvironmentRails } from './rails/environment-rails';
import { sendRefund } from './rails/refund';
import { sendPayout } from './send-payout';
import { sweepPayouts } from './sweep-payouts';
import { gatherPayouts, sendGathered } from './withdraw-payouts';

const PayoutRef = z.object({ payoutId: z.uuid() });

const PaymentRef = z.object({ paymentId: z.uuid() });

/** Steps per run; after that the sweep takes over. */
const STEPS_MAX = 30;

const send = job(
  {
    id: 'payouts/send',
    event: 'payout/send',
    data: PayoutRef,
    concurrency: { limit: 20 },
    retries: 3,
  },
  async ({ data, step }) => {
    for (let n = 0; n < STEPS_MAX; n++) {
      const outcome = await step.run(`send-${n}`, () => sendPayout(data.payoutId));
      if (outcome.state === 'closed') return;
      await step.sleep(`wait-${n}`, outcome.delayMs);
    }
  },
);

const gather = job(
  {
    id: 'payouts/gather',
    event: 'payout/gather',
    data: PayoutRef,
    concurrency: { limit: 5 },
    retries: 3,
  },
  async ({ data, step }) => step.run('gather', () => gatherPayouts(data.payoutId)),
);

const refund = job(
  {
    id: 'payouts/refund',
    event: 'payout/refund',
    data: PaymentRef,
    concurrency: { limit: 5 },
    retries: 3,
  },
  async ({ data, step }) => step.run('send', () => sendRefund(data.paymentId)),
);

const sweepOverdue = sweep({ id: 'payouts/sweep', cron: '* * * * *' }, ({ step }) =>
  step.run('sweep', async () => {
    const released = await sendGathered();
    return { released, ...(await sweepPayouts()) };
  }),
);

/** Detects unavailable or low rails before a payout needs them. */
const watchRails = sweep({ id: 'payouts/rails', cron: '* * * * *' }, ({ step }) =>
  step.run('check', async () => {
    await syncEnvironmentRails();
    await lookUpDirectPayments();
    return checkRails();
  }),
);

export const jobs: Job[] = [send, gather, refund, sweepOverdue, watchRails];

/** Keys differ with every release, so that a retried payout is sent again. */
const onDue: Subscriber = async (rows) =>
  rows.map((row) => ({
    id: `payout/send:${row.key}`,
    name: 'payout/send',
    data: PayoutRef.parse(row.data),
  }));

/** Held payouts may reach the threshold with it. */
const onKept: Subscriber = async (rows) =>
  rows.map((row) => ({
    id: `payout/gather:${row.key}`,
    name: 'payout/gather',
    data: PayoutRef.parse(row.data),
  }));

const onRefund: Subscriber = async (rows) =>
  rows.map((row) => ({
    id: `payout/refund:${row.key}`,
    name: 'payout/refund',
    data: PaymentRef.parse(row.data),
  }));

export const subscribers: Record<string, Subscriber> = {
  'payout.created': onDue,
  'payout.released': onDue,
  'payout.kept': onKept,
  'refund.begun': onRefund,
};
