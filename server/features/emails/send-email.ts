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

/** `closed`: nothing more for this caller to do. `open`: to be tried again after `delayMs`. */
export type SendOutcome = { state: 'closed' } | { state: 'open'; delayMs: number };

/**
 * Makes one try at an e-mail, unless it is settled, not due, or somebody else's by now. A process
 * that dies between the mail server's yes and the note of it is the one case in which a message can
 * go out twice; it carries the same Message-ID then.
 */
export async function sendEmail(id: string): Promise<SendOutcome> {
  const email = await claimEmail(id);
  if (!email) return { state: 'closed' };
  const result = await tryToSend(email);
  if (!result.ok) log.warn({ email: id, error: result.error }, 'An e-mail was not sent');
  const eraseData = isTemplateName(email.template) && templateOf(email.template).secret;
  const delayMs = await settleEmail(email, result, { eraseData });
  return delayMs === null ? { state: 'closed' } : { state: 'open', delayMs };
}

async function tryToSend(email: Email): Promise<DeliverResult> {
  if (email.sendBefore && email.sendBefore <= clock.now()) {
    return { ok: false, permanent: true, error: 'Its link ran out before it could be sent.' };
  }
  if (!env.SMTP_URL) {
    return { ok: false, permanent: false, error: 'SMTP_URL is not set any more.' };
  }
  let rendered: RenderedEmail;
  try {
    rendered = openSealed(email);
  } catch (error) {
    const { message } = error as Error;
    return { ok: false, permanent: true, error: `It cannot be written: ${message}`.slice(0, 500) };
  }
  return deliverEmail(env.SMTP_URL, { ...rendered, id: email.id, to: email.to });
}

/**
 * An e-mail as its reader sees it.
 * @throws Error where its data was erased, or was written for another template.
 */
export function openSealed(email: Pick<Email, 'id' | 'template' | 'data'>): RenderedEmail {
  if (email.data === null) throw new Error('What it said was erased.');
  if (!isTemplateName(email.template)) throw new Error(`There is no template ${email.template}.`);
  return renderEmail(email.template, JSON.parse(decrypt(email.data, sealContext(email.id))));
}
