import type { Email } from '@/prisma/generated/client';
import { clock } from '@/server/platform/clock';
import { decrypt } from '@/server/platform/crypto';
import { env } from '@/server/platform/env';
import { log } from '@/server/platform/log';
import { type DeliverResult, deliverEmail } from './deliver-email';
import { sealContext } from './enqueue-email';
import { type RenderedEmail, renderEmail } from './render-email';
import { isTemplateName, templateOf } from './templates';
import { claimEmail, settleEmail } from './transition';

/** `closed`: nothing left to do. `open`: retry after `delayMs`. */
export type SendOutcome = { state: 'closed' } | { state: 'open'; delayMs: number };

/**
 * Makes one attempt to send an e-mail, unless it is settled, not due, or leased by another process.
 * Only a crash between the mail server's acceptance and its recording can send a message twice,
 * with the same Message-ID.
 */
export async function sendEmail(id: string): Promise<SendOutcome> {
  const email = await claimEmail(id);
  if (!email) return { state: 'closed' };
  const result = await tryToSend(email);
  if (!result.ok) log.warn({ email: id, error: result.error }, 'Failed to send an e-mail');
  const eraseData = isTemplateName(email.template) && templateOf(email.template).secret;
  const delayMs = await settleEmail(email, result, { eraseData });
  return delayMs === null ? { state: 'closed' } : { state: 'open', delayMs };
}

async function tryToSend(email: Email): Promise<DeliverResult> {
  if (email.sendBefore && email.sendBefore <= clock.now()) {
    return {
      ok: false,
      permanent: true,
      error: 'The link expired before the e-mail could be sent.',
    };
  }
  if (!env.SMTP_URL) {
    return { ok: false, permanent: false, error: 'SMTP_URL is no longer set.' };
  }
  let rendered: RenderedEmail;
  try {
    rendered = openSealed(email);
  } catch (error) {
    const { message } = error as Error;
    return { ok: false, permanent: true, error: `Rendering failed: ${message}`.slice(0, 500) };
  }
  return deliverEmail(env.SMTP_URL, { ...rendered, id: email.id, to: email.to });
}

/**
 * An e-mail's decrypted and rendered content.
 * @throws Error if its data was erased or belongs to another template.
 */
export function openSealed(email: Pick<Email, 'id' | 'template' | 'data'>): RenderedEmail {
  if (email.data === null) throw new Error('The content was erased.');
  if (!isTemplateName(email.template)) throw new Error(`There is no template ${email.template}.`);
  return renderEmail(email.template, JSON.parse(decrypt(email.data, sealContext(email.id))));
}
