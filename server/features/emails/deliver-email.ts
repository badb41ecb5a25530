import { createTransport, type Transporter } from 'nodemailer';
import { env } from '@/server/platform/env';
import { processWide } from '@/server/platform/process-wide';
import type { RenderedEmail } from './render-email';

const TIMEOUT_MS = 20_000;

/** The result of an attempt. `permanent`: retrying will not help. */
export type DeliverResult = { ok: true } | { ok: false; permanent: boolean; error: string };

interface Connected {
  url: string;
  transport: Transporter;
}

function transport(url: string): Transporter {
  const holder = processWide<{ known: Connected | null }>('emails.smtp', () => ({ known: null }));
  if (holder.known?.url !== url) {
    holder.known?.transport.close();
    const options = {
      url,
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
      dnsTimeout: TIMEOUT_MS,
      // Template data is text; it must not name files or addresses to load.
      disableFileAccess: true,
      disableUrlAccess: true,
    };
    holder.known = { url, transport: createTransport(options) };
  }
  return holder.known.transport;
}

function publicHost(): string {
  return new URL(env.PUBLIC_URL).hostname;
}

/**
 * Sends one message to the mail server. All attempts use the same Message-ID, so that duplicates
 * are recognizable.
 */
export async function deliverEmail(
  smtpUrl: string,
  email: { id: string; to: string } & RenderedEmail,
): Promise<DeliverResult> {
  try {
    await transport(smtpUrl).sendMail({
      from: env.MAIL_FROM ?? { name: env.INSTANCE_NAME, address: `no-reply@${publicHost()}` },
      to: { name: '', address: email.to },
      subject: email.subject,
      html: email.html,
      text: email.text,
      messageId: `<${email.id}@${publicHost()}>`,
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    });
    return { ok: true };
  } catch (error) {
    const { code, responseCode, message } = error as {
      code?: string;
      responseCode?: number;
      message: string;
    };
    // A refused sign-in can be fixed by the operator; a refused address or message stays refused.
    const permanent = code !== 'EAUTH' && responseCode !== undefined && responseCode >= 500;
    return { ok: false, permanent, error: message.slice(0, 500) };
  }
}
