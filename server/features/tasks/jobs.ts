import { type Job, sweep } from '@/server/transport/jobs/job';
import { indexTasks } from './index-tasks';

/** Batches in one run; the next minute goes on where it ended. */
const BATCHES_MAX = 50;

/** Makes tasks from before the search was there findable; nothing to do once they all are. */
const sweepUnindexed = sweep({ id: 'tasks/index', cron: '* * * * *' }, async ({ step }) => {
  await step.run('index', async () => {
    for (let batch = 0; batch < BATCHES_MAX; batch++) if ((await indexTasks()) === 0) return;
  });
});

export const jobs: Job[] = [sweepUnindexed];
