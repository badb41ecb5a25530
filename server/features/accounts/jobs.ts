import { z } from 'zod';
import type { Subscriber } from '@/server/platform/outbox';
import { type Job, sweep } from '@/server/transport/jobs/job';
import { askToConfirm, tellAccountExists } from './confirm-address';
import { deleteOldTraces } from './delete-old-traces';
import { proveAddress } from './prove-address';
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

const Repeated = z.object({ linkId: z.uuid(), email: z.string(), next: z.string().nullable() });

const onSignUpRepeated: Subscriber = async (rows, tx) => {
  for (const row of rows) await tellAccountExists(tx, Repeated.parse(row.data));
  return [];
};

const Accepted = z.object({ userId: z.uuid(), sessionId: z.uuid(), email: z.string() });

/** Accepting an invitation that was e-mailed to the account's own address proves the address. */
const onMailedInvitationAccepted: Subscriber = async (rows, tx) => {
  for (const row of rows) {
    const { userId, sessionId, email } = Accepted.parse(row.data);
    await proveAddress(tx, { userId, email, by: { userId, sessionId } });
  }
  return [];
};

export const subscribers: Record<string, Subscriber> = {
  'user.created': onUserCreated,
  'account.link_requested': onLinkRequested,
  'account.sign_up_repeated': onSignUpRepeated,
  'mailed_invitation.accepted': onMailedInvitationAccepted,
};
