import { clock } from '@/server/platform/clock';
import { encrypt } from '@/server/platform/crypto';
import type { Tx } from '@/server/platform/db';
import { env } from '@/server/platform/env';
import { newId } from '@/server/platform/ids';
import { enqueue } from '@/server/platform/outbox';
import { renderEmail } from './render-email';
import type { TemplateData, TemplateName } from './templates';

export interface NewEmail<Name extends TemplateName> {
  /** A single address. */
  to: string;
  template: Name;
  data: TemplateData<Name>;
  /** The organization it concerns, if any. */
  organizationId?: string | null;
  /** When its link expires; it is not sent after that. */
  sendBefore?: Date;
}

/** Binds the sealed data to its e-mail. */
export function sealContext(id: string): string {
  return `email:${id}`;
}

/**
 * Enqueues an e-mail in the caller's transaction: it is sent if and only if that commits. Call
 * `kickOutbox()` after the commit to send it at once. Without a mail server it is kept for the
 * mailbox.
 * @throws ZodError if the data does not match the template.
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
