import { TRPCError } from '@trpc/server';
import { beforeAll, describe, expect, it } from 'vitest';
import { sessionOf } from '@/server/doors/session';
import type { MemberRole, Mode } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { env } from '@/server/platform/env';
import { newId } from '@/server/platform/ids';
import { call } from '@/server/testing/call';
import { useTestDatabase } from '@/server/testing/database';
import {
  createKey,
  createMember,
  createOrganization,
  createSignIn,
  createWorker,
} from '@/server/testing/factories';
import { owned } from '@/server/testing/procedure-case';
import { CASES } from '@/server/testing/procedure-cases';
import { createCallerFactory, type TrpcContext } from '@/server/transport/trpc/init';
import type { MemberActor } from '@/server/transport/trpc/session';
import { appRouter } from '@/server/trpc';
import { adjustAccount } from './features/adjustments/adjust-account';
import { addGold } from './features/golds/save-golds';
import { createInvitation } from './features/organizations/create-invitation';
import { inviteWorkers } from './features/people/invite-workers';
import { pausePersonType } from './features/people/type-pauses';
import { putTaskType, syncCatalog } from './features/task-types';
import { createEndpoint } from './features/webhooks';

useTestDatabase();
// The inspector's address is on loopback.
env.WEBHOOKS_ALLOW_PRIVATE = true;

/** Intentionally public: a visitor must be able to sign up. */
const PUBLIC = new Set([
  'organizations.signUp',
  'workers.signUp',
  'team.invitation',
  'team.join',
  'people.invitation',
  'people.join',
  // Public depending on where the instance runs; see emails.db.test.ts.
  'emails.list',
  'emails.get',
  // A user who forgot their password is signed out; links authorize themselves.
  'accounts.waysIn',
  'accounts.requestReset',
  'accounts.requestSignInLink',
  'accounts.resetLink',
  'accounts.resetPassword',
  'accounts.signInLink',
  'accounts.confirmLink',
  'accounts.confirmAddress',
]);
/** For every signed-in user. */
const FOR_USERS = new Set([
  'workers.become',
  'people.accept',
  'team.accept',
  'organizations.create',
  'accounts.me',
  'accounts.resendConfirmation',
  'accounts.changeName',
  'accounts.changeEmail',
  'accounts.changePassword',
  'accounts.disconnectIdentity',
  'accounts.sessions',
  'accounts.revokeSession',
  'accounts.revokeSessions',
  'rates.choice',
  'rates.choose',
]);

const procedures = Object.entries(appRouter._def.procedures).map(([path, procedure]) => ({
  path,
  type: (procedure as unknown as { _def: { type: string } })._def.type,
}));
const guarded = procedures.filter(({ path }) => !PUBLIC.has(path));

async function signedOut(): Promise<TrpcContext> {
  const session = await sessionOf({ cookie: () => undefined, header: () => undefined });
  return { session, deviceHash: null, networkHash: null };
}

async function as(userId: string, member: MemberActor | null): Promise<TrpcContext> {
  const context = await signedOut();
  const user = {
    userId,
    sessionId: newId(),
    name: 'Somebody',
    email: 'somebody@example.com',
    emailConfirmed: true,
  };
  const session = { ...context.session, user, member: async () => member };
  return { ...context, session };
}

/** Calls a procedure by path; returns its result or its error code. */
async function outcome(context: TrpcContext, path: string, input?: unknown) {
  const caller = createCallerFactory(appRouter)(context);
  const [noun = '', verb = ''] = path.split('.');
  const nouns = caller as unknown as Record<
    string,
    Record<string, (given: unknown) => Promise<unknown>>
  >;
  try {
    return { code: null, message: '', result: await nouns[noun]?.[verb]?.(input) };
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error;
    return { code: error.code, message: error.message, result: null };
  }
}

const textOf = (result: unknown) =>
  JSON.stringify(result ?? null, (_key, value) =>
    typeof value === 'bigint' ? String(value) : value,
  );

const organizations = { own: '', foreign: '' };
/** An operator's gift to the organization's own worker: concerns only these two. */
const given = { payoutId: '', adjustmentId: '', reason: 'Between us two alone.' };

async function memberOf(which: 'own' | 'foreign', role: MemberRole, mode: Mode = 'test') {
  const { userId } = await createMember({ id: organizations[which] }, role);
  return as(userId, {
    kind: 'member',
    organizationId: organizations[which],
    mode,
    userId,
    role,
  });
}

beforeAll(async () => {
  await syncCatalog();
  const organization = await createOrganization();
  organizations.own = organization.id;
  organizations.foreign = (await createOrganization()).id;
  const owner = {
    kind: 'member',
    organizationId: organization.id,
    mode: 'test',
    userId: organization.ownerUserId,
    role: 'owner',
  } as const;
  const key = await createKey(organization, 'test');
  owned.key = key.id;
  owned.member = (await createMember(organization, 'viewer')).userId;
  owned.invitation = (await createInvitation(owner, { role: 'viewer' })).id;
  owned.person = (await createWorker({ mode: 'live', pool: organization })).id;
  const rest = { workerId: owned.person, type: 'of_the_pause', reason: 'A rest.' };
  await pausePersonType({ ...owner, mode: 'live' }, rest);
  owned.pause = (await db.skillPause.findFirstOrThrow({ where: { workerId: owned.person } })).id;
  await adjustAccount(
    { kind: 'operator', userId: newId(), mode: 'live' },
    {
      ...{ key: newId(), mode: 'live', accountKind: 'worker_payable', owner: owned.person },
      ...{ amountSats: 5, reason: given.reason },
    },
  );
  const payout = await db.payout.findFirstOrThrow({ where: { workerId: owned.person } });
  given.payoutId = payout.id;
  given.adjustmentId = String(payout.adjustmentId);
  owned.poolInvitation = (await inviteWorkers(owner, {}))[0]?.id ?? '';
  owned.taskType = 'type_of_the_first_organization';
  await putTaskType(owner, owned.taskType, { title: 'Its own' });
  const known = { payload: { q: 0 }, expected_output: { answer: 'its own' } };
  owned.gold = (await addGold(owner, { type: owned.taskType, ...known })).id;
  owned.endpoint = (await createEndpoint(owner, { url: 'https://example.com/hook' })).id;
  const deposit = await call('POST', '/v1/deposits', {
    key: key.text,
    body: { amount_sats: 1 },
  });
  owned.deposit = String(deposit.body.id);
  const made = await call('POST', '/v1/tasks', {
    key: key.text,
    body: { type: 'tenancy', payload: { q: 1 }, payout_sats: 10, sla_seconds: 600 },
  });
  owned.task = String(made.body.id);
  owned.review = newId();
  await db.review.create({
    data: {
      ...{ id: owned.review, taskId: owned.task, organizationId: organization.id, mode: 'test' },
      ...{ type: 'tenancy', kind: 'spot_check', queue: 'organization', blocking: false },
      ...{ reason: 'spot_check', createdAt: new Date() },
    },
  });
  owned.goldCandidate = newId();
  await db.goldCandidate.create({
    data: {
      ...{ id: owned.goldCandidate, taskId: owned.task, organizationId: organization.id },
      ...{ mode: 'test', type: owned.taskType, expectedOutput: {}, explanation: '' },
      createdAt: new Date(),
    },
  });
  owned.delivery = newId();
  const at = { organizationId: organization.id, mode: 'test' as const, createdAt: new Date() };
  await db.webhookEvent.create({
    data: { ...at, id: 'evt_procedures', type: 'task.created', taskId: owned.task, body: '{}' },
  });
  await db.delivery.create({
    data: {
      ...at,
      id: owned.delivery,
      eventId: 'evt_procedures',
      endpointId: owned.endpoint,
      url: 'https://example.com/hook',
      status: 'failed',
    },
  });
});

describe('every procedure', () => {
  it.each(guarded.map(({ path }) => path))('%s is closed to who is signed out', async (path) => {
    expect((await outcome(await signedOut(), path)).code).toBe('UNAUTHORIZED');
  });

  it.each(guarded.map(({ path }) => path).filter((path) => !FOR_USERS.has(path)))(
    '%s is closed to a user who is nobody here',
    async (path) => {
      const { id } = await createSignIn();
      expect((await outcome(await as(id, null), path)).code).toBe('FORBIDDEN');
    },
  );

  it('for members has a case here', async () => {
    const owner = await memberOf('own', 'owner');
    const uncovered: string[] = [];
    for (const { path, type } of guarded) {
      if (CASES[path] || FOR_USERS.has(path) || type === 'subscription') continue;
      const { code, message } = await outcome(owner, path);
      const forOthers = code === 'FORBIDDEN' && /worker|operator/.test(message);
      if (!forOthers) uncovered.push(path);
    }
    expect(uncovered, 'Add these to CASES: whose ids they take, and which role is refused').toEqual(
      [],
    );
  });

  it('that changes something for members says which role may not', () => {
    const open = procedures
      .filter(({ path, type }) => type === 'mutation' && CASES[path] && !CASES[path].refused)
      .map(({ path }) => path);
    expect(open).toEqual([]);
  });
});

describe.each(Object.entries(CASES))('%s', (path, { input, foreign, bothModes }) => {
  it('shows a stranger, and the other mode, nothing of the owner’s', async () => {
    const others = [await memberOf('foreign', 'owner')];
    if (!bothModes) others.push(await memberOf('own', 'owner', 'live'));
    for (const other of foreign === 'own' ? others.slice(0, 1) : others) {
      const { code, result } = await outcome(other, path, input?.());
      expect(code).toBe(foreign === 'NOT_FOUND' ? 'NOT_FOUND' : null);
      const text = textOf(result);
      for (const id of [...Object.values(owned), organizations.own]) {
        expect(text).not.toContain(id);
      }
    }
  });
});

const queries = new Set(procedures.filter(({ type }) => type === 'query').map(({ path }) => path));

describe.each(Object.entries(CASES).filter(([path]) => queries.has(path)))(
  '%s',
  (path, { input }) => {
    it('shows not even the organization of a person what the operator gave that person', async () => {
      for (const mode of ['live', 'test'] as const) {
        const { result } = await outcome(await memberOf('own', 'owner', mode), path, input?.());
        const text = textOf(result);
        for (const secret of Object.values(given)) expect(text).not.toContain(secret);
      }
    });
  },
);

describe.each(Object.entries(CASES).filter(([, each]) => each.foreign === 'NOT_FOUND'))(
  '%s',
  (path, { input }) => {
    it('answers what never existed as it answers what is another organization’s', async () => {
      const present = { ...owned };
      const absent = Object.keys(owned).map((key) => [key, key === 'taskType' ? key : newId()]);
      Object.assign(owned, Object.fromEntries(absent.map(([k, v]) => [k, v?.toLowerCase()])));
      const given = input?.();
      Object.assign(owned, present);
      expect((await outcome(await memberOf('own', 'owner'), path, given)).code).toBe('NOT_FOUND');
    });
  },
);

describe.each(Object.entries(CASES).filter(([, { refused }]) => refused))(
  '%s',
  (path, { input, refused = 'viewer' }) => {
    it(`is refused to a ${refused}`, async () => {
      const lower = await memberOf('own', refused);
      expect((await outcome(lower, path, input?.())).code).toBe('FORBIDDEN');
    });
  },
);
