import { createPublicKey, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '@/server/platform/crypto';
import { db } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { useTestDatabase } from '@/server/testing/database';
import { workerActor } from '@/server/testing/factories';
import { getCredential, getStanding } from './get-standing';

useTestDatabase();

describe('a standing', () => {
  it('narrows with checked answers, type by type, and says what the next tier asks for', async () => {
    const actor = await workerActor({ skills: ['standing_skill'], tier: 'medium' });
    const before = await getStanding(actor);
    const [fresh] = before.skills;
    expect(fresh).toMatchObject({ skill: 'standing_skill', total: 0, paused: false });
    expect(before.types).toEqual([]);
    const record = { workerId: actor.workerId, type: 'standing_skill' };
    await db.workerTypeRecord.createMany({
      data: [
        { ...record, organizationId: newId(), goldCorrect: 11, goldTotal: 12, accepted: 40 },
        { ...record, organizationId: newId(), goldCorrect: 3, goldTotal: 20, rejected: 2 },
      ],
    });
    const { types, skills, answers } = await getStanding(actor);
    const [known] = skills;
    expect((known?.upper ?? 1) - (known?.lower ?? 0)).toBeLessThan(
      (fresh?.upper ?? 1) - (fresh?.lower ?? 0),
    );
    expect(answers).toEqual({ accepted: 40, rejected: 2 });
    const good = types.find(({ total }) => total === 12);
    const bad = types.find(({ total }) => total === 20);
    expect(good).toMatchObject({ correct: 11, tier: 'medium', pause: null });
    expect(good?.next).toMatchObject({ tier: 'high', golds: 12, goldsNeeded: 20 });
    expect(good?.next?.rightAnswersNeeded).toBe(8);
    expect(bad?.upper).toBeLessThan(good?.lower ?? 0);
    expect(bad?.next?.rightAnswersNeeded).toBeGreaterThan(8);
  });

  it('leaves as a document whose signature anybody can check, and nobody can alter', async () => {
    const actor = await workerActor({ skills: ['standing_skill'] });
    const { signature, ...facts } = await getCredential(actor);
    const x = Buffer.from(signature.public_key, 'base64').toString('base64url');
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    const holds = (document: object) =>
      verify(
        null,
        Buffer.from(canonicalJson(document)),
        key,
        Buffer.from(signature.value, 'base64'),
      );
    expect(holds(facts)).toBe(true);
    expect(holds({ ...facts, tier: 'critical', name: 'Somebody else' })).toBe(false);
    await expect(getStanding({ ...actor, mode: 'live' })).rejects.toMatchObject({ status: 404 });
  });
});
