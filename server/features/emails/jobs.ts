import { z } from 'zod';
import { clock } from '@/server/platform/clock';
import type { OutgoingEvent, Subscriber } from '@/server/platform/outbox';
import { type Job, job, sweep } from '@/server/transport/jobs/job';
import { sendEmail } from './send-email';
import { deleteOldEmails, findOverdueEmails } from './sweep-emails';
import { TRIES_MAX } from './transition';

const EmailRef = z.object({ emailId: z.uuid() });

const send = job(
  {
    id: 'emails/send',
    event: 'email/send',
    data: EmailRef,
    concurrency: { limit: 10 },
    retries: 3,
  },
  async ({ data, step }) => {
    for (let n = 0; n < TRIES_MAX; n++) {
      const outcome = await step.run(`send-${n}`, () => sendEmail(data.emailId));
      if (outcome.state === 'closed') return;
      await step.sleep(`wait-${n}`, outcome.delayMs);
    }
  },
);

/** Starts new runs for overdue e-mails. */
const sweepOverdue = sweep({ id: 'emails/sweep', cron: '* * * * *' }, async ({ step }) => {
  const events = await step.run('find', async () => {
    const { ids, minute } = await findOverdueEmails();
    return ids.map((id) => ({ ...sendEvent(id, `sweep:${minute}`), ts: clock.nowMs() }));
  });
  if (events.length > 0) await step.sendEvent('republish', events);
});

const forget = sweep({ id: 'emails/forget', cron: '41 * * * *' }, ({ step }) =>
  step.run('forget', deleteOldEmails),
);

export const jobs: Job[] = [send, sweepOverdue, forget];

function sendEvent(emailId: string, occasion: string): OutgoingEvent {
  return { id: `email/send:${emailId}:${occasion}`, name: 'email/send', data: { emailId } };
}

const onQueued: Subscriber = async (rows) =>
  rows.map((row) => sendEvent(EmailRef.parse(row.data).emailId, 'queued'));

export const subscribers: Record<string, Subscriber> = { 'email.queued': onQueued };
