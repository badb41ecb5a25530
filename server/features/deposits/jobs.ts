import { z } from 'zod';
import type { Subscriber } from '@/server/platform/outbox';
import { type Job, job, sweep } from '@/server/transport/jobs/job';
import { type CheckOutcome, checkDeposit } from './check-deposit';
import { FRESH_CHECK_MS } from './check-schedule';
import { sweepDeposits } from './sweep-deposits';

const DepositRef = z.object({ depositId: z.uuid() });

/** More than the checks of a fresh deposit; after that the sweep takes over. */
const STEPS_MAX = 40;

const watch = job(
  {
    id: 'deposits/watch',
    event: 'deposit/watch',
    data: DepositRef,
    concurrency: { limit: 20 },
    retries: 3,
  },
  async ({ data, step }) => {
    for (let n = 0; n < STEPS_MAX; n++) {
      const outcome: CheckOutcome = await step.run(`ask-${n}`, () => checkDeposit(data.depositId));
      if (outcome.state === 'closed' || outcome.delayMs > FRESH_CHECK_MS) return;
      await step.sleep(`wait-${n}`, outcome.delayMs);
    }
  },
);

const sweepDue = sweep({ id: 'deposits/sweep', cron: '* * * * *' }, ({ step }) =>
  step.run('ask', sweepDeposits),
);

export const jobs: Job[] = [watch, sweepDue];

const onCreated: Subscriber = async (rows) =>
  rows.map((row) => ({
    id: `deposit/watch:${row.key}`,
    name: 'deposit/watch',
    data: DepositRef.parse(row.data),
  }));

export const subscribers: Record<string, Subscriber> = { 'deposit.created': onCreated };
