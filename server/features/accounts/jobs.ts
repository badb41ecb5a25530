import { z } from 'zod';
import type { Subscriber } from '@/server/platform/outbox';
import { type Job, sweep } from '@/server/transport/jobs/job';
import { askToConfirm } from './confirm-address';
import { deleteOldTraces } from './delete-old-traces';
import { answerLinkRequest } from './request-link';

export const jobs: Job[] = [
  sweep({ id: 'accounts/forget', cron: '23 * * * *' }, ({ step }) =>
    step.run('forget', deleteOldTraces),
  ),
];

const Created = z.object({ userId: z.uuid(), linkId: z.uuid() });

const onUserCreated: Subscriber = async (rows, tx) => {
  for (const row of rows) await askToConfirm(tx, Created.parse(row.data));
  return [];
};

const Requested = z.object({
  linkId: z.uuid(),
  purpose: z.enum(['sign_in', 'reset_password']),
  email: z.string(),
  next: z.string().nullable(),
});

const onLinkRequested: Subscriber = async (rows, tx) => {
  for (const row of rows) await answerLinkRequest(tx, Requested.parse(row.data));
  return [];
};

export const subscribers: Record<string, Subscriber> = {
  'user.created': onUserCreated,
  'account.link_requested': onLinkRequested,
};
