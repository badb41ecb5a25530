import { type Job, sweep } from '@/server/transport/jobs/job';
import { refreshRates } from './refresh-rates';

export const jobs: Job[] = [
  sweep({ id: 'rates/refresh', cron: '* * * * *' }, ({ step }) =>
    step.run('ask what a bitcoin costs', () => refreshRates()),
  ),
];
