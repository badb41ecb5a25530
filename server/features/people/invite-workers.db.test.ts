import { describe, expect, it } from 'vitest';
import { db } from '@/server/platform/db';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization, memberActor } from '@/server/testing/factories';
import { getEmail } from '../emails';
import { createInvitation } from '../organizations/create-invitation';
import { inviteWorkers } from './invite-workers';
import { joinPool } from './join-pool';

useTestDatabase();

const tokenOf = (url: string) => url.split('/').at(-1) ?? '';

async function setUp() {
  const organization = await createOrganization();
  return { organization, owner: await memberActor(organization, 'live') };
}

describe('inviting people', () => {
  it('is throttled with the team’s, and needs a confirmed address', async () => {
    const { organization, owner } = await setUp();
    const emails = (count: number) =>
      Array.from({ length: count }, () => `${crypto.randomUUID()}@example.com`);
    for (const email of emails(5)) await createInvitation(owner, { role: 'viewer', email });
    await inviteWorkers(owner, { emails: emails(40) });
    await expect(inviteWorkers(owner, { emails: emails(40) })).rejects.toMatchObject({
      status: 429,
      code: 'too_many_invitations',
    });
    await expect(
      createInvitation(owner, { role: 'viewer', email: 'one-more@example.com' }),
    ).rejects.toMatchObject({ status: 429 });
    expect(await db.email.count({ where: { organizationId: organization.id } })).toBe(45);

    const other = await setUp();
    await db.user.update({
      where: { id: other.owner.userId },
      data: { emailConfirmedAt: null },
    });
    for (const invite of [
      () => inviteWorkers(other.owner, { emails: emails(1) }),
      () => inviteWorkers(other.owner, {}),
      () => createInvitation(other.owner, { role: 'viewer' }),
    ]) {
      await expect(invite()).rejects.toMatchObject({ code: 'address_not_confirmed' });
    }
  });

  it('sent by e-mail proves the address it was sent to, and its maker’s copy does not', async () => {
    const { owner } = await setUp();
    const email = `${crypto.randomUUID()}@example.com`;
    const [made] = await inviteWorkers(owner, { emails: [email] });
    const person = { name: 'Grace', email, password: 'a few plain words' };
    const sent = await db.email.findFirstOrThrow({ where: { to: email } });
    const { text } = await getEmail(null, sent.id);
    const mailed = /pool-invitations\/([0-9A-Za-z.]+)/.exec(text ?? '')?.[1] ?? '';
    expect(mailed.startsWith(`${tokenOf(made?.url ?? '')}.`)).toBe(true);
    await joinPool({ ...person, token: mailed });
    const isConfirmed = async (address: string) =>
      (await db.user.findUniqueOrThrow({ where: { email: address } })).emailConfirmedAt !== null;
    expect(await isConfirmed(email)).toBe(true);

    const victim = `${crypto.randomUUID()}@example.com`;
    const [copy] = await inviteWorkers(owner, { emails: [victim] });
    await joinPool({ ...person, email: victim, token: tokenOf(copy?.url ?? '') });
    expect(await isConfirmed(victim)).toBe(false);
  });
});
