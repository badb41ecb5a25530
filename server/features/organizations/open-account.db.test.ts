import { describe, expect, it } from 'vitest';
import { sessionOf } from '@/server/doors/session';
import { inviteWorkers } from '@/server/features/people/invite-workers';
import { db } from '@/server/platform/db';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization, createSignIn, memberActor } from '@/server/testing/factories';
import { subjectsTo, tellFacts, tokenTo } from '@/server/testing/mailbox';
import { createCallerFactory } from '@/server/transport/trpc/init';
import { appRouter } from '@/server/trpc';
import { signInByLink } from '../accounts';
import { createInvitation } from './create-invitation';

useTestDatabase();

const EXISTS = 'You already have an account on HumanRail';
const address = () => `${crypto.randomUUID()}@example.com`;
const tokenOf = (url: string) => url.split('/').at(-1) ?? '';

async function visitor(networkHash = crypto.randomUUID()) {
  const session = await sessionOf({ cookie: () => undefined, header: () => undefined });
  return createCallerFactory(appRouter)({ session, deviceHash: null, networkHash });
}

type SignUp = (email: string, networkHash?: string) => Promise<unknown>;
const person = { name: 'Ada', password: 'a few plain words' };

async function invitations() {
  const owner = await memberActor(await createOrganization({ funds: 0n }), 'live');
  return {
    team: tokenOf((await createInvitation(owner, { role: 'viewer' })).url),
    pool: tokenOf((await inviteWorkers(owner, { usesMax: 50 }))[0]?.url ?? ''),
  };
}

/** Every way to open an account with a password. */
const WAYS: Record<string, SignUp> = {
  'organizations.signUp': async (email, network) =>
    (await visitor(network)).organizations.signUp({ ...person, email, organization: 'Acme' }),
  'workers.signUp': async (email, network) =>
    (await visitor(network)).workers.signUp({ ...person, email }),
  'team.join': async (email, network) =>
    (await visitor(network)).team.join({ ...person, email, token: (await invitations()).team }),
  'people.join': async (email, network) =>
    (await visitor(network)).people.join({ ...person, email, token: (await invitations()).pool }),
};

describe.each(Object.entries(WAYS))('%s', (_path, signUp) => {
  it('answers alike whether the address has an account, and tells its owner by e-mail', async () => {
    const { email, id } = await createSignIn();
    await tellFacts();
    const unknown = address();
    expect(await signUp(email)).toEqual(await signUp(unknown));
    await tellFacts();
    expect(await db.user.count({ where: { email: unknown } })).toBe(1);
    expect(await subjectsTo(unknown)).not.toContain(EXISTS);
    expect(await db.user.findMany({ where: { email } })).toMatchObject([{ name: 'Somebody' }]);
    expect(await subjectsTo(email)).toContain(EXISTS);
    expect(await signInByLink(await tokenTo(email, '/sign-in/link'))).toMatchObject({ id });
  });

  it('takes about as long for both', async () => {
    const costs = { known: [] as number[], unknown: [] as number[] };
    for (let run = 0; run < 4; run++) {
      const emails = { known: (await createSignIn()).email, unknown: address() };
      for (const which of ['known', 'unknown'] as const) {
        const before = process.cpuUsage();
        await signUp(emails[which]);
        const { user, system } = process.cpuUsage(before);
        costs[which].push(user + system);
      }
    }
    // CPU time, and the minimum of each, because a busy machine only adds to it.
    const [known, unknown] = [Math.min(...costs.known), Math.min(...costs.unknown)];
    expect(Math.max(known, unknown) / Math.min(known, unknown)).toBeLessThan(2);
  });

  it('is throttled by address, with an account or without', async () => {
    for (const email of [(await createSignIn()).email, address()]) {
      for (let count = 0; count < 4; count++) await signUp(email);
      await expect(signUp(email)).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    }
  });
});

it('signing up is throttled by network, across all ways', async () => {
  const network = crypto.randomUUID();
  const [first, ...others] = Object.values(WAYS);
  await first?.(address(), network);
  // Simulates many more sign-ups.
  await db.$executeRaw`
    UPDATE rate_limit_buckets SET tokens = 0 WHERE key = ${`sign-up:network:${network}`}`;
  for (const signUp of others) {
    await expect(signUp(address(), network)).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' });
  }
  await first?.(address(), crypto.randomUUID());
});
