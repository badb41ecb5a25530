import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { useClock } from '@/server/platform/clock';
import { db, transaction } from '@/server/platform/db';
import { env } from '@/server/platform/env';
import { useTestDatabase } from '@/server/testing/database';
import { useSmtpListener } from '@/server/testing/smtp-listener';
import { useStack } from '@/server/testing/stack';
import { createTestClock, type TestClock } from '@/server/testing/test-clock';
import { enqueueEmail } from './index';
import { getEmail, getEmailHtml, listEmails } from './queries';
import { sendEmail } from './send-email';
import { deleteOldEmails, findOverdueEmails } from './sweep-emails';

const database = useTestDatabase();
const smtp = useSmtpListener();
const stack = useStack(database);

const OPERATOR = { kind: 'operator', userId: crypto.randomUUID(), mode: 'live' } as const;

let time: TestClock;
let restore: () => void;
beforeEach(() => {
  time = createTestClock(Date.now());
  restore = useClock(time);
});
afterEach(() => {
  restore();
  env.SMTP_URL = smtp.url;
  delete env.MAILBOX;
  delete env.HOST;
});

const someone = () => `${crypto.randomUUID()}@example.com`;
const rowOf = (id: string) => db.email.findUniqueOrThrow({ where: { id } });

async function queue(to: string, sendBefore?: Date): Promise<string> {
  const { id } = await transaction((tx) =>
    enqueueEmail(tx, {
      to,
      template: 'reset-password',
      data: { name: 'Ada', path: '/reset-password/s3cret', validMinutes: 60 },
      ...(sendBefore ? { sendBefore } : {}),
    }),
  );
  return id;
}

/** Due, but without an outbox event that would start its job. */
async function queueUntold(to: string, sendBefore?: Date): Promise<string> {
  delete env.SMTP_URL;
  const id = await queue(to, sendBefore);
  env.SMTP_URL = smtp.url;
  await db.email.update({
    where: { id },
    data: { status: 'queued', nextAttemptAt: new Date(time.nowMs()) },
  });
  return id;
}

describe('an e-mail', () => {
  it('goes out after the commit, in HTML and plain text, once', async () => {
    const to = someone();
    const id = await queue(to);
    await expect.poll(() => smtp.taken(to).length, { timeout: 20_000 }).toBe(1);
    await stack.settle();
    const [mail, ...more] = smtp.taken(to);
    expect(more).toEqual([]);
    expect(mail?.headers.subject).toBe('Choose a new password for HumanRail');
    expect(mail?.headers['message-id']).toBe(`<${id}@localhost>`);
    expect(mail?.headers.from).toContain('<no-reply@localhost>');
    expect(mail?.headers['content-type']).toContain('multipart/alternative');
    expect(mail?.text).toContain('text/plain');
    expect(mail?.text).toContain('href="http://localhost:3000/reset-password/s3cret"');
    expect(mail?.text).toContain('Choose a new password:\nhttp://localhost:3000/reset-password');
    expect(await rowOf(id)).toMatchObject({ status: 'sent', attemptCount: 1, lastError: null });
  });

  it('is not sent where the transaction came to nothing', async () => {
    const to = someone();
    await transaction(async (tx) => {
      await enqueueEmail(tx, {
        to,
        template: 'sign-in-link',
        data: { path: '/x', validMinutes: 1 },
      });
      throw new Error('No.');
    }).catch(() => undefined);
    await stack.settle();
    expect(await db.email.count({ where: { to } })).toBe(0);
    expect(smtp.taken(to)).toEqual([]);
  });

  it('is sent once by many who try at the same time, and again', async () => {
    const to = someone();
    const id = await queueUntold(to);
    await Promise.all(Array.from({ length: 8 }, () => sendEmail(id)));
    expect(await sendEmail(id)).toEqual({ state: 'closed' });
    expect(smtp.taken(to)).toHaveLength(1);
  });

  it('is tried again later where the server has no time, and says why until then', async () => {
    const to = someone();
    smtp.answer('451 Try later');
    const id = await queueUntold(to);
    expect(await sendEmail(id)).toEqual({ state: 'open', delayMs: 30_000 });
    const waiting = await rowOf(id);
    expect(waiting).toMatchObject({ status: 'queued' });
    expect(waiting.lastError).toContain('451');
    expect(await sendEmail(id)).toEqual({ state: 'closed' });
    smtp.answer('250 OK');
    time.advanceMs(31_000);
    expect(await sendEmail(id)).toEqual({ state: 'closed' });
    expect(await rowOf(id)).toMatchObject({ status: 'sent', attemptCount: 2 });
    expect(smtp.taken(to)).toHaveLength(1);
  });

  it('fails at once where the server refuses the address for good', async () => {
    smtp.answer('550 No such mailbox');
    const id = await queueUntold(someone());
    expect(await sendEmail(id)).toEqual({ state: 'closed' });
    const row = await rowOf(id);
    expect(row).toMatchObject({ status: 'failed', attemptCount: 1 });
    expect(row.lastError).toContain('550');
  });

  it('carries the same id where a lost connection makes it go out twice', async () => {
    const to = someone();
    smtp.hangUp(1);
    const id = await queueUntold(to);
    expect(await sendEmail(id)).toMatchObject({ state: 'open' });
    time.advanceMs(31_000);
    await sendEmail(id);
    const ids = smtp.taken(to).map(({ headers }) => headers['message-id']);
    expect(ids).toEqual([`<${id}@localhost>`, `<${id}@localhost>`]);
  });

  it('is taken over where the process that sent it is gone', async () => {
    const to = someone();
    const id = await queueUntold(to);
    await db.email.update({
      where: { id },
      data: { status: 'sending', attemptCount: 1, nextAttemptAt: new Date(time.nowMs() + 1_000) },
    });
    expect(await sendEmail(id)).toEqual({ state: 'closed' });
    expect((await rowOf(id)).status).toBe('sending');
    time.advanceMs(60_000);
    expect((await findOverdueEmails()).ids).toContain(id);
    await sendEmail(id);
    expect(await rowOf(id)).toMatchObject({ status: 'sent', attemptCount: 2 });
  });

  it('is not sent after its link ran out', async () => {
    const to = someone();
    const id = await queueUntold(to, new Date(time.nowMs() - 1));
    await sendEmail(id);
    expect(await rowOf(id)).toMatchObject({ status: 'failed' });
    expect(smtp.taken(to)).toEqual([]);
  });

  it('cannot be given headers or recipients by what somebody writes', async () => {
    const to = someone();
    const victim = someone();
    await transaction((tx) =>
      enqueueEmail(tx, {
        to,
        template: 'invitation',
        data: {
          kind: 'team',
          organizationName: `Acme\r\nBcc: ${victim}`,
          inviterName: '<script>alert(1)</script>',
          expiresAt: new Date().toISOString(),
          path: '/invitations/x',
        },
      }),
    );
    await expect.poll(() => smtp.taken(to).length, { timeout: 20_000 }).toBe(1);
    const [mail] = smtp.taken(to);
    expect(mail?.headers.bcc).toBeUndefined();
    expect(smtp.taken(victim)).toEqual([]);
    expect(mail?.text).toContain('&lt;script&gt;');
    expect(mail?.text.split('text/html')[1]).not.toContain('<script>');
  });

  it('is forgotten after a month', async () => {
    const id = await queueUntold(someone());
    time.advanceMs(31 * 24 * 60 * 60 * 1_000);
    await deleteOldEmails();
    expect(await db.email.findUnique({ where: { id } })).toBeNull();
  });
});

describe('a link that lets somebody in', () => {
  it('is at rest under encryption, erased once sent, and shown to no operator', async () => {
    const to = someone();
    const id = await queueUntold(to);
    expect(JSON.stringify(await rowOf(id))).not.toContain('s3cret');
    expect((await getEmail(OPERATOR, id)).text).toBeNull();
    await sendEmail(id);
    expect(smtp.taken(to)[0]?.text).toContain('s3cret');
    expect((await rowOf(id)).data).toBeNull();
    expect(await getEmailHtml(OPERATOR, id)).toBeNull();
  });
});

describe('the mailbox', () => {
  it('keeps what cannot be sent, for whoever sits at this machine', async () => {
    delete env.SMTP_URL;
    const to = someone();
    const id = await queue(to);
    expect(await rowOf(id)).toMatchObject({ status: 'kept', nextAttemptAt: null });
    const { data } = await listEmails(null, { limit: 1 });
    expect(data).toMatchObject([{ id, to, status: 'kept' }]);
    expect((await getEmail(null, id)).text).toContain('/reset-password/s3cret');
  });

  it.each([
    ['a mail server is set', () => undefined],
    [
      'other machines are served',
      () => {
        delete env.SMTP_URL;
        env.HOST = '0.0.0.0';
      },
    ],
    [
      'it is for operators',
      () => {
        delete env.SMTP_URL;
        env.MAILBOX = 'operators';
      },
    ],
  ])('does not exist for others where %s', async (_case, arrange) => {
    delete env.SMTP_URL;
    const id = await queue(someone());
    env.SMTP_URL = smtp.url;
    arrange();
    await expect(listEmails(null, { limit: 1 })).rejects.toMatchObject({ status: 404 });
    await expect(getEmail(null, id)).rejects.toMatchObject({ status: 404 });
    await expect(getEmailHtml(null, id)).rejects.toMatchObject({ status: 404 });
    expect((await listEmails(OPERATOR, { limit: 1 })).data).toHaveLength(1);
  });
});
