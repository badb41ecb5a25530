import { type Job, sweep } from '@/server/transport/jobs/job';
import { checkLedger } from './check-ledger';
import { closeDueMonths } from './close-month';

export const jobs: Job[] = [
  sweep({ id: 'books/check-ledger', cron: '30 2 * * *' }, ({ step }) =>
    step.run('add the ledger up again', async () => {
      const { postings, faults } = await checkLedger();
      return { postings, faults };
    }),
  ),
  sweep({ id: 'books/close-months', cron: '30 3 * * *' }, ({ step }) =>
    step.run('close the months that are due', async () => ({ closed: await closeDueMonths() })),
  ),
];
