import type { Organization, Worker } from '@/prisma/generated/client';
import { authenticateKey, createApiKey } from '@/server/features/api-keys';
import { deposit } from '@/server/features/ledger';
import {
  addMember,
  createUser,
  createOrganization as insertOrganization,
} from '@/server/features/organizations';
import { createWorker as insertWorker, saveSkills } from '@/server/features/workers';
import type {
  Actor,
  MemberRole,
  Mode,
  OrganizationActor,
  Scope,
  WorkerActor,
} from '@/server/platform/actor';
import { db, transaction } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';

/** Fixtures. Each call creates something new, so that tests share nothing. */

type KeyActor = Extract<Actor, { kind: 'key' }>;
type MemberActor = Extract<Actor, { kind: 'member' }>;

/** The rows a user needs, without the 0.1 s of hashing a password. */
async function createPlainUser(name: string): Promise<{ id: string; email: string }> {
  const id = newId();
  return db.user.create({
    data: { id, email: `${id}@example.com`, name, emailConfirmedAt: new Date() },
  });
}

/** A user who can sign in with `password`. */
export async function createSignIn(
  input: { password?: string; isOperator?: boolean } = {},
): Promise<{ id: string; email: string; password: string }> {
  const password = input.password ?? 'correct horse battery';
  const user = await transaction((tx) =>
    createUser(tx, {
      email: `${newId()}@example.com`,
      name: 'Somebody',
      password,
      isOperator: input.isOperator ?? false,
    }),
  );
  return { id: user.id, email: user.email, password };
}

/**
 * An organization with an owner, and `funds` sats to spend in each mode (default 1,000,000; 0n
 * creates no account).
 */
export async function createOrganization(
  input: { funds?: bigint | number; name?: string } = {},
): Promise<Organization & { ownerUserId: string }> {
  const funds = BigInt(input.funds ?? 1_000_000);
  const owner = await createPlainUser('Owner');
  const organization = await transaction(async (tx) => {
    const row = await insertOrganization(tx, {
      name: input.name ?? 'Organization under test',
      ownerUserId: owner.id,
    });
    for (const mode of funds > 0n ? (['live', 'test'] as const) : []) {
      await deposit(tx, {
        mode,
        organizationId: row.id,
        amountSats: funds,
        reference: `test:${row.id}:${mode}`,
      });
    }
    return row;
  });
  return { ...organization, ownerUserId: owner.id };
}

/** A user who is a member of the organization. */
export async function createMember(
  organization: { id: string },
  role: MemberRole = 'developer',
): Promise<{ userId: string; role: MemberRole }> {
  const user = await createPlainUser(`A ${role}`);
  await transaction((tx) =>
    addMember(tx, { organizationId: organization.id, userId: user.id, role }),
  );
  return { userId: user.id, role };
}

/** A member of the organization as an actor; a new user with that role each time. */
export async function memberActor(
  organization: { id: string },
  mode: Mode = 'test',
  role: MemberRole = 'owner',
): Promise<MemberActor> {
  const { userId } = await createMember(organization, role);
  return { kind: 'member', organizationId: organization.id, mode, userId, role };
}

export interface KeyOptions {
  scopes?: Scope[];
  maxSpendSatsPerDay?: number;
  expiresAt?: Date;
}

/** A key of the organization: its full text. */
export async function createKey(
  organization: { id: string },
  mode: Mode = 'test',
  options: KeyOptions = {},
): Promise<{ id: string; text: string }> {
  const owner = await memberActor(organization, mode);
  const key = await createApiKey(owner, { name: 'Key under test', mode, ...options });
  return { id: key.id, text: key.plaintext };
}

/** A key of the organization as an actor. */
export async function keyActor(
  organization: { id: string },
  mode: Mode = 'test',
  options: KeyOptions = {},
): Promise<KeyActor & OrganizationActor> {
  const { text } = await createKey(organization, mode, options);
  return authenticateKey(text);
}

export interface WorkerOptions {
  mode?: Mode;
  /** Missing skills are created. */
  skills?: string[];
  online?: boolean;
  simulated?: boolean;
  tier?: 'low' | 'medium' | 'high' | 'critical';
  capacity?: number;
  onCall?: boolean;
  /** The organization whose private pool the worker belongs to. */
  pool?: { id: string };
  rail?: string;
}

/**
 * A worker with a user: by default in test mode, online, of the highest tier and without skills.
 */
export async function createWorker(options: WorkerOptions = {}): Promise<Worker> {
  const skills = options.skills ?? [];
  const user = options.simulated ? null : await createPlainUser('Worker');
  return transaction(async (tx) => {
    await saveSkills(
      tx,
      skills.map((name) => ({ name, description: 'A skill under test.' })),
    );
    return insertWorker(tx, {
      userId: user?.id ?? null,
      mode: options.mode ?? 'test',
      displayName: options.simulated ? 'Simulated worker' : 'Worker',
      skills,
      tier: options.tier ?? 'critical',
      simulated: options.simulated ?? false,
      online: options.online ?? true,
      onCall: options.onCall ?? false,
      capacity: options.capacity ?? 10,
      poolOrganizationId: options.pool?.id ?? null,
      payoutRail: options.rail ?? (options.mode === 'live' ? 'internal' : 'sandbox'),
    });
  });
}

/** A worker as an actor; created by `createWorker`, or new. */
export async function workerActor(
  from: Pick<Worker, 'id' | 'userId' | 'mode'> | WorkerOptions = {},
): Promise<WorkerActor> {
  const worker = 'id' in from ? from : await createWorker(from);
  return { kind: 'worker', workerId: worker.id, userId: worker.userId ?? '', mode: worker.mode };
}
