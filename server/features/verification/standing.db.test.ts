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
  it('narrows with checked answers, and says how many more the next tier asks for', async () => {
    const actor = await workerActor({ skills: ['standing_skill'], tier: 'medium' });
    const before = await getStanding(actor);
    const [fresh] = before.skills;
    expect(fresh).toMatchObject({ skill: 'standing_skill', total: 0, paused: false });
    const needed = before.next?.nearest?.rightAnswersNeeded ?? 0;
    expect(before.next).toMatchObject({ tier: 'high', floor: 0.5 });
    expect(needed).toBeGreaterThan(0);
    await db.workerTypeRecord.create({
      data: {
        workerId: actor.workerId,
        organizationId: newId(),
        type: 'standing_skill',
        goldCorrect: 30,
        goldTotal: 32,
        accepted: 40,
        rejected: 2,
      },
    });
    const after = await getStanding(actor);
    const [known] = after.skills;
    expect((known?.upper ?? 1) - (known?.lower ?? 0)).toBeLessThan(
      (fresh?.upper ?? 1) - (fresh?.lower ?? 0),
    );
    expect(after.answers).toEqual({ accepted: 40, rejected: 2 });
    expect(after.next?.nearest?.rightAnswersNeeded).toBe(0);
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
