import { getEmailHtml, getSampleHtml } from '@/server/features/emails';
import type { Actor } from '@/server/platform/actor';
import { AppError } from '@/server/platform/errors';
import { requestSession } from './session';

/** A CSP that allows no scripts and no external content; links open in the surrounding page. */
const POLICY = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  "frame-ancestors 'self'",
  'sandbox allow-top-navigation-by-user-activation',
].join('; ');

type Read = (actor: Actor | null) => Promise<string | null> | string;

async function answer(request: Request, read: Read): Promise<Response> {
  const { operator } = await requestSession(request);
  try {
    const html = await read(await operator());
    if (html === null) return plain('The content is only visible to the recipient.', 410);
    return new Response(html.replace('<head>', '<head>\n<base target="_top">'), {
      headers: {
        'Content-Type': 'text/html; charset=utf-8',
        'Content-Security-Policy': POLICY,
        'X-Content-Type-Options': 'nosniff',
        'Referrer-Policy': 'no-referrer',
        'Cache-Control': 'no-store',
      },
    });
  } catch (error) {
    if (error instanceof AppError) return plain(error.message, error.status);
    throw error;
  }
}

function plain(text: string, status: number): Response {
  return new Response(text, { status, headers: { 'Cache-Control': 'no-store' } });
}

/** An e-mail's HTML for the mailbox's iframe. */
export function handleEmail(request: Request, id: string): Promise<Response> {
  return answer(request, (actor) => getEmailHtml(actor, id));
}

/** A template's HTML with its sample data. */
export function handleSample(request: Request, name: string): Promise<Response> {
  return answer(request, (actor) => getSampleHtml(actor, name));
}
