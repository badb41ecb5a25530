import type { Actor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { env } from '@/server/platform/env';
import { NotFound } from '@/server/platform/errors';
import { isUuid } from '@/server/platform/ids';
import { type Page, pageOf } from '@/server/platform/page';
import { assertReadsMail } from './access';
import { type RenderedEmail, renderEmail } from './render-email';
import type { EmailLine, ListEmailsQuery, OpenedEmail, TemplateLine } from './schema';
import { openSealed } from './send-email';
import { isTemplateName, TEMPLATES, type TemplateName, templateOf } from './templates';

const LINE = {
  id: true,
  to: true,
  template: true,
  subject: true,
  status: true,
  attemptCount: true,
  lastError: true,
  createdAt: true,
  sentAt: true,
} as const;

/**
 * The e-mails this instance sent or kept, newest first.
 * @throws NotFound if the actor may not read its mail.
 */
export async function listEmails(
  actor: Actor | null,
  query: ListEmailsQuery,
): Promise<Page<EmailLine>> {
  assertReadsMail(actor);
  const rows = await db.email.findMany({
    where: {
      ...(query.cursor ? { id: { lt: query.cursor } } : {}),
      ...(query.status ? { status: query.status } : {}),
    },
    select: LINE,
    orderBy: { id: 'desc' },
    take: query.limit + 1,
  });
  return pageOf(rows, query.limit, (row) => row);
}

/** Counts e-mails that failed permanently since then, up to `max + 1`. */
export async function countFailedEmails(
  since: Date,
  max: number,
): Promise<{ count: number; oldest: Date | null }> {
  const [row] = await db.$queryRaw<{ count: number; oldest: Date | null }[]>`
    SELECT count(*)::int AS count, min(created_at) AS oldest FROM (
      SELECT created_at FROM emails
       WHERE status = 'failed' AND created_at >= ${since} LIMIT ${max + 1}) failed`;
  return row ?? { count: 0, oldest: null };
}

/**
 * One e-mail with its text.
 * @throws NotFound if it does not exist or is not readable by this actor.
 */
export async function getEmail(actor: Actor | null, id: string): Promise<OpenedEmail> {
  const { line, rendered } = await read(actor, id);
  return { ...line, text: rendered?.text ?? null };
}

/**
 * One e-mail as HTML; null if its content is readable by its recipient only.
 * @throws NotFound if it does not exist or is not readable by this actor.
 */
export async function getEmailHtml(actor: Actor | null, id: string): Promise<string | null> {
  return (await read(actor, id)).rendered?.html ?? null;
}

async function read(actor: Actor | null, id: string) {
  assertReadsMail(actor);
  const row = isUuid(id)
    ? await db.email.findUnique({ where: { id }, select: { ...LINE, data: true } })
    : null;
  if (!row) throw new NotFound('e-mail', id);
  const { data, ...line } = row;
  return { line, rendered: isReadable(row) ? openSealed({ ...line, data }) : null };
}

/** E-mails with sign-in links are readable by their recipient only. */
function isReadable(row: { template: string; data: string | null }): boolean {
  if (row.data === null || !isTemplateName(row.template)) return false;
  return !env.SMTP_URL || !templateOf(row.template).secret;
}

/**
 * Every template, rendered with its sample.
 * @throws NotFound if the actor may not read this instance's mail.
 */
export function listTemplates(actor: Actor): TemplateLine[] {
  assertReadsMail(actor);
  return (Object.keys(TEMPLATES) as TemplateName[]).map((name) => {
    const { subject, text } = renderSample(name);
    return { name, about: templateOf(name).about, subject, text };
  });
}

/**
 * A template with its sample, as HTML.
 * @throws NotFound if it does not exist or the actor may not read this instance's mail.
 */
export function getSampleHtml(actor: Actor | null, name: string): string {
  assertReadsMail(actor);
  if (!isTemplateName(name)) throw new NotFound('template', name);
  return renderSample(name).html;
}

function renderSample(name: TemplateName): RenderedEmail {
  return renderEmail(name, templateOf(name).sample);
}
