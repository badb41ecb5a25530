import { expect, it } from 'vitest';
import { authenticateKey } from '@/server/features/api-keys';
import { getBalance, reconcile } from '@/server/features/ledger';
import { memberActor, operatorActor, verifyPassword } from '@/server/features/organizations';
import { hasEligibleWorker, workerActorFor } from '@/server/features/workers';
import { db } from '@/server/platform/db';
import { useTestDatabase } from '@/server/testing/database';
import { type FirstRunFacts, memorablePassword, seed } from './seed';

useTestDatabase();

it('leaves a database of one’s own without demo accounts, but with a sandbox that works', async () => {
  expect(await seed({ demo: false })).toEqual({ created: false, facts: null });
  expect(await db.user.count()).toBe(0);
  expect(await db.worker.count({ where: { simulated: true } })).toBe(24);
  expect(await db.taskType.count()).toBe(6);
});

it('gives a new database its demo once, whole, and in working order', async () => {
  // A start that is cut short before the facts were stored leaves nothing behind.
  await expect(
    seed({
      remember: async () => {
        throw new Error('The disk is full.');
      },
    }),
  ).rejects.toThrow('The disk is full.');
  expect(await db.organization.count()).toBe(0);
  expect(await db.user.count()).toBe(0);

  // Of two processes that start together, one makes it.
  const remembered: FirstRunFacts[] = [];
  const remember = async (facts: FirstRunFacts) => void remembered.push(facts);
  const results = await Promise.all([seed({ remember }), seed({ remember })]);
  const made = results.find((result) => result.created);
  if (!made?.created) throw new Error('Nobody made the demo.');
  expect(results.filter((result) => result.created)).toHaveLength(1);
  expect(remembered).toEqual([made.facts]);
  const { facts } = made;

  // Everybody can sign in, as what they are.
  const [customer, worker, operator] = await Promise.all(
    facts.signIns.map(({ email, password }) => verifyPassword(email, password)),
  );
  expect(facts.signIns.map(({ role }) => role)).toEqual(['customer', 'worker', 'operator']);
  expect(await memberActor({ userId: customer?.id ?? '', mode: 'live' })).toMatchObject({
    organizationId: facts.organizationId,
    role: 'owner',
  });
  expect(await workerActorFor(worker?.id ?? '')).toMatchObject({ kind: 'worker', mode: 'live' });
  expect(await operatorActor(operator?.id ?? '', 'live')).toMatchObject({ kind: 'operator' });
  await expect(operatorActor(customer?.id ?? '', 'live')).rejects.toMatchObject({ status: 404 });

  // Both keys work, with sats to spend behind each.
  const test = await authenticateKey(facts.testKey);
  const live = await authenticateKey(facts.liveKey);
  expect([test.mode, live.mode]).toEqual(['test', 'live']);
  expect(await getBalance(test)).toMatchObject({ available_sats: 100_000_000, held_sats: 0 });
  expect(await getBalance(live)).toMatchObject({ available_sats: 1_000_000, held_sats: 0 });
  expect(await reconcile()).toMatchObject({ ok: true });

  // Tasks of every shipped type find somebody, in both modes.
  const { organizationId } = facts;
  for (const { type } of await db.taskType.findMany()) {
    for (const [mode, riskTier] of [
      ['test', 'critical'],
      ['live', 'high'],
    ] as const) {
      const found = await hasEligibleWorker({
        mode,
        type,
        riskTier,
        organizationId,
        skills: [type],
      });
      expect({ type, mode, found }).toEqual({ type, mode, found: true });
    }
  }
  expect(await db.worker.count({ where: { simulated: true, online: true, mode: 'test' } })).toBe(
    24,
  );
  expect(await db.worker.count({ where: { simulated: true, mode: 'live' } })).toBe(0);

  // Later starts change nothing but what the product itself has added.
  await db.skill.create({ data: { name: 'of_a_newer_version', description: 'New.' } });
  const before = await counts();
  expect(await seed({ remember })).toEqual({ created: false, facts: null });
  expect(await counts()).toEqual(before);
  expect(await db.workerSkill.count({ where: { skill: 'of_a_newer_version' } })).toBe(24);
  expect(remembered).toHaveLength(1);
});

it('makes passwords that are long, typable and never the same', () => {
  const passwords = Array.from({ length: 200 }, memorablePassword);
  for (const password of passwords) expect(password).toMatch(/^([a-z]+-){3}\d{4}$/);
  expect(new Set(passwords).size).toBe(200);
  expect(Math.min(...passwords.map((password) => password.length))).toBeGreaterThanOrEqual(12);
});

async function counts() {
  return {
    organizations: await db.organization.count(),
    users: await db.user.count(),
    workers: await db.worker.count(),
    keys: await db.apiKey.count(),
    types: await db.taskType.count(),
    golds: await db.gold.count(),
    postings: await db.posting.count(),
  };
}
