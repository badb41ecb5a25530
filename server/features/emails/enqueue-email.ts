import { clock } from '@/server/platform/clock';
import { encrypt } from '@/server/platform/crypto';
import type { Tx } from '@/server/platform/db';
import { env } from '@/server/platform/env';
import { newId } from '@/server/platform/ids';
import { enqueue } from '@/server/platform/outbox';
import { renderEmail } from './render-email';
import type { TemplateData, TemplateName } from './templates';

export interface NewEmail<Name extends TemplateName> {
  /** One address. */
  to: string;
  template: Name;
  data: TemplateData<Name>;
  /** Whose business it is about, if an organization's. */
  organizationId?: string | null;
  /** Where its link runs out: it is not sent after that. */
  sendBefore?: Date;
}

/** What an e-mail's data is sealed to. */
export function sealContext(id: string): string {
  return `email:${id}`;
}

/**
 * Writes an e-mail beside the change that gives cause for it, in the caller's transaction: it goes
 * out after the commit, or there is none. Call `kickOutbox()` after the commit to have it sent at
 * once. Without a mail server it is kept for the mailbox.
 * @throws ZodError where the data does not fit the template.
 */
export async function enqueueEmail<Name extends TemplateName>(
  tx: Tx,
  email: NewEmail<Name>,
): Promise<{ id: string }> {
  const { to, template, data, organizationId = null, sendBefore = null } = email;
  const { subject } = renderEmail(template, data);
  const id = newId();
  const now = clock.now();
  const goesOut = env.SMTP_URL !== undefined;
  await tx.email.create({
    data: {
      id,
      organizationId,
      to,
      template,
      subject,
      data: encrypt(JSON.stringify(data), sealContext(id)),
      status: goesOut ? 'queued' : 'kept',
      nextAttemptAt: goesOut ? now : null,
      sendBefore,
      createdAt: now,
    },
  });
  if (goesOut) {
    await enqueue(tx, [
      { topic: 'email.queued', key: `email.queued:${id}`, data: { emailId: id } },
    ]);
  }
  return { id };
}
