import { type Job, sweep } from '@/server/transport/jobs/job';
import { markStaleWorkersOffline } from './mark-stale-workers';

export const jobs: Job[] = [
  sweep({ id: 'workers/mark-stale-offline', cron: '* * * * *' }, ({ step }) =>
    step.run('mark stale workers offline', async () => ({
      takenOffline: await markStaleWorkersOffline(),
    })),
  ),
];
