import { z } from 'zod';
import type { Subscriber } from '@/server/platform/outbox';
import { type Job, sweep } from '@/server/transport/jobs/job';
import { forgetPayoutDestination, routeConfirmedWorker } from './account-changes';
import { markStaleWorkersOffline } from './mark-stale-workers';
import { measurePaces } from './measure-paces';

export const jobs: Job[] = [
  sweep({ id: 'workers/mark-stale-offline', cron: '* * * * *' }, ({ step }) =>
    step.run('mark stale workers offline', async () => ({
      takenOffline: await markStaleWorkersOffline(),
    })),
  ),
  sweep({ id: 'workers/measure-paces', cron: '* * * * *' }, ({ step }) =>
    step.run('measure how long types take', async () => ({ measured: await measurePaces() })),
  ),
];

const OfUser = z.object({ userId: z.uuid() });

const onAddressProved: Subscriber = async (rows, tx) => {
  for (const row of rows) await routeConfirmedWorker(tx, OfUser.parse(row.data).userId);
  return [];
};

const onAccountCleared: Subscriber = async (rows, tx) => {
  for (const row of rows) await forgetPayoutDestination(tx, OfUser.parse(row.data).userId);
  return [];
};

export const subscribers: Record<string, Subscriber> = {
  'account.address_proved': onAddressProved,
  'account.cleared': onAccountCleared,
};
