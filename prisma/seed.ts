import { randomInt } from 'node:crypto';
import { insertKey } from '@/server/features/api-keys';
import { deposit } from '@/server/features/ledger';
import { createOrganization, createUser } from '@/server/features/organizations';
import { syncCatalog } from '@/server/features/task-types';
import { createWorker, grantEverySkillToSimulated } from '@/server/features/workers';
import { type Mode, SCOPES } from '@/server/platform/actor';
import { type Tx, transaction } from '@/server/platform/db';
import { kickOutbox } from '@/server/platform/outbox';

interface SignIn {
  role: 'customer' | 'worker' | 'operator';
  email: string;
  password: string;
}

/** What is only known now: passwords and keys are kept as hashes. */
export interface FirstRunFacts {
  organizationId: string;
  signIns: SignIn[];
  testKey: string;
  liveKey: string;
}

export type SeedResult = { created: true; facts: FirstRunFacts } | { created: false; facts: null };

const LIVE_SATS = 1_000_000n;
const PLAY_SATS = 100_000_000n;
const SIMULATED_WORKERS = 24;
const SIMULATED_CAPACITY = 50;

const NAMES =
  'Ada Bo Cleo Dag Esme Finn Gus Hana Ivo Juno Kai Lior Mina Nils Oona Pim Quinn Rosa Sami Tove Uma Vito Wren Yara'.split(
    ' ',
  );

const WORDS =
  'amber anchor apple autumn bamboo beacon birch bison bramble breeze bridge butter cabin candle canyon cedar cherry clover cobalt comet copper coral cotton cricket crystal dahlia daisy desert dragon ember falcon feather fern forest garden ginger glacier grape harbor hazel heron honey indigo island ivory jasmine juniper kettle lagoon lantern lemon lilac linen lotus magnet mango maple marble meadow melon mint mirror misty mosaic nectar nutmeg oasis ocean olive onyx orbit orchid otter oyster pebble pepper pine planet plum pocket prairie quartz rabbit raven reef ribbon river saddle saffron salmon silver sparrow spruce summit sunset thistle thunder tiger timber topaz tulip tundra velvet violet walnut willow winter yarrow zephyr'.split(
    ' ',
  );

/** A password that can be typed from the terminal into a phone: three words and four digits. */
export function memorablePassword(): string {
  const words = Array.from({ length: 3 }, () => WORDS[randomInt(WORDS.length)]);
  return `${words.join('-')}-${String(randomInt(10_000)).padStart(4, '0')}`;
}

/**
 * Brings the database to what this version of the product needs, at every start: the shipped task
 * types, skills and the sandbox's simulated workers. A new database also gets its demo, unless
 * `demo` is false: an organization with sats and keys, and one who signs in for each part of the
 * product. The demo is made in one transaction, so that a start which is cut short leaves none of
 * it, and under a lock, so that of two processes that start together one makes it.
 * @param options.remember is given the facts before the transaction commits. Where it fails,
 *   nothing was made; so what it stores is never missing later.
 */
export async function seed(
  options: { demo?: boolean; remember?: (facts: FirstRunFacts) => Promise<void> } = {},
): Promise<SeedResult> {
  const { demo = true, remember = async () => undefined } = options;
  await syncCatalog();
  const result = await transaction(async (tx): Promise<SeedResult> => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('seed', 0))`;
    const skills = (await tx.skill.findMany()).map(({ name }) => name);
    await ensureSimulatedWorkers(tx, skills);
    if (!demo || (await isInUse(tx))) return { created: false, facts: null };
    const facts = await createDemo(tx, skills);
    await remember(facts);
    return { created: true, facts };
  });
  kickOutbox();
  return result;
}

async function isInUse(tx: Tx): Promise<boolean> {
  return (await tx.organization.findFirst({ select: { id: true } })) !== null;
}

async function createDemo(tx: Tx, skills: readonly string[]): Promise<FirstRunFacts> {
  const customer = signInOf('customer', 'demo@humanrail.local');
  const worker = signInOf('worker', 'worker@humanrail.local');
  const operator = signInOf('operator', 'operator@humanrail.local');

  const owner = await createSignedIn(tx, customer);
  const organization = await createOrganization(tx, { name: 'Demo', ownerUserId: owner.id });
  await fund(tx, organization.id, 'live', LIVE_SATS);
  await fund(tx, organization.id, 'test', PLAY_SATS);

  const person = await createSignedIn(tx, worker);
  await createWorker(tx, {
    userId: person.id,
    mode: 'live',
    displayName: 'Demo worker',
    skills: [...skills],
    tier: 'high',
    payoutRail: 'internal',
  });
  await createSignedIn(tx, operator);

  const actor = {
    kind: 'member',
    organizationId: organization.id,
    userId: owner.id,
    role: 'owner',
  } as const;
  const issue = async (mode: Mode, name: string) => {
    const key = await insertKey(
      tx,
      { ...actor, mode },
      { name, mode, scopes: SCOPES, expiresAt: null, maxSpendSatsPerDay: null },
    );
    return key.plaintext;
  };
  return {
    organizationId: organization.id,
    signIns: [customer, worker, operator],
    testKey: await issue('test', 'First test key'),
    liveKey: await issue('live', 'First live key'),
  };
}

async function fund(tx: Tx, organizationId: string, mode: Mode, amountSats: bigint): Promise<void> {
  await deposit(tx, {
    mode,
    organizationId,
    amountSats,
    reference: `demo:${organizationId}:${mode}`,
  });
}

function signInOf(role: SignIn['role'], email: string): SignIn {
  return { role, email, password: memorablePassword() };
}

function createSignedIn(tx: Tx, { role, email, password }: SignIn): Promise<{ id: string }> {
  return createUser(tx, {
    email,
    password,
    name: `Demo ${role}`,
    isOperator: role === 'operator',
    // Nobody reads mail there.
    emailConfirmed: true,
  });
}

/**
 * The sandbox's workers: ordinary ones of test mode, but for the mark that nobody sits there. They
 * take whatever there is, also what a newer version has added.
 */
async function ensureSimulatedWorkers(tx: Tx, skills: readonly string[]): Promise<void> {
  if (await tx.worker.findFirst({ where: { simulated: true }, select: { id: true } })) {
    await grantEverySkillToSimulated(tx);
    return;
  }
  for (let index = 0; index < SIMULATED_WORKERS; index++) {
    await createWorker(tx, {
      userId: null,
      mode: 'test',
      displayName: `${NAMES[index % NAMES.length]} (simulated)`,
      skills: [...skills],
      tier: 'critical',
      simulated: true,
      online: true,
      capacity: SIMULATED_CAPACITY,
      payoutRail: 'sandbox',
    });
  }
}
