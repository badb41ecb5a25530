import { type Job, sweep } from '@/server/transport/jobs/job';
import { expireQuizzes } from './expire-quizzes';

export const jobs: Job[] = [
  sweep({ id: 'onboarding/expire-quizzes', cron: '* * * * *' }, ({ step }) =>
    step.run('expire quizzes', expireQuizzes),
  ),
];
