import { deleteIdleBuckets, deleteOldRefusals } from '@/server/platform/rate-limit';
import { type Job, sweep } from '@/server/transport/jobs/job';
import { deleteExpiredAnswers } from './idempotency';

/** Deletes expired responses, unused rate limit buckets, and old refusals. */
export const jobs: Job[] = [
  sweep({ id: 'rest/forget', cron: '17 * * * *' }, async ({ step }) => ({
    answers: await step.run('answers', deleteExpiredAnswers),
    buckets: await step.run('buckets', deleteIdleBuckets),
    refusals: await step.run('refusals', deleteOldRefusals),
  })),
];
