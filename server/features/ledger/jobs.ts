import { type Job, sweep } from '@/server/transport/jobs/job';
import { watchBalances } from './watch-balances';

export const jobs: Job[] = [
  sweep({ id: 'ledger/watch-balances', cron: '* * * * *' }, ({ step }) =>
    step.run('tell of low balances', async () => ({ told: await watchBalances() })),
  ),
];
