import { createTransport, type Transporter } from 'nodemailer';
import { env } from '@/server/platform/env';
import { processWide } from '@/server/platform/process-wide';
import type { RenderedEmail } from './render-email';

const TIMEOUT_MS = 20_000;

/** How a try went. `permanent`: the server will not take it at another time either. */
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
      // What is filled in is text; nothing of it may name a file or an address to read.
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

/** Hands one message to the mail server. Its id is the same at every try, so that doubles show. */
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
    // A refused sign-in is the operator's to mend; a refused address or message stays refused.
    const permanent = code !== 'EAUTH' && responseCode !== undefined && responseCode >= 500;
    return { ok: false, permanent, error: message.slice(0, 500) };
  }
}
