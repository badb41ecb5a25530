import { type Job, sweep } from '@/server/transport/jobs/job';
import { lookAtBalances } from './look-at-balances';
import { reconcileRails } from './reconcile-rails';

/** Duration of one step; a run has as many as it needs. */
const STEP_MS = 30_000;
const STEPS_MAX = 400;
const SETTLE_MS = 5 * 60_000;

export const jobs: Job[] = [
  sweep({ id: 'reconciliation/rails', cron: '50 2 * * *' }, async ({ step }) => {
    let sinceMs: number | undefined;
    for (let n = 0; n < STEPS_MAX; n++) {
      const run = await step.run(`compare-${n}`, () =>
        reconcileRails({ budgetMs: STEP_MS, ...(sinceMs === undefined ? {} : { sinceMs }) }),
      );
      if (run.isDone) break;
      ({ sinceMs } = run);
    }
    const first = await step.run('balances', lookAtBalances);
    if (!first.isNew) return first;
    // By then, recent movements are in the ledger.
    await step.sleep('settle', SETTLE_MS);
    return step.run('balances-again', lookAtBalances);
  }),
];
