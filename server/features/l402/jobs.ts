import { type Job, sweep } from '@/server/transport/jobs/job';
import { clearUnpaid } from './clear-unpaid';

export const jobs: Job[] = [
  sweep({ id: 'l402/clear-unpaid', cron: '40 3 * * *' }, ({ step }) =>
    step.run('clear', async () => ({ cleared: await clearUnpaid() })),
  ),
];
