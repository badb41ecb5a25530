import { describe, expect, it } from 'vitest';
import { db } from '@/server/platform/db';
import { useTestDatabase } from '@/server/testing/database';
import { createKey, createOrganization, memberActor } from '@/server/testing/factories';
import { listApiKeys, revokeApiKey } from './index';
import { setKeyCap } from './set-key-cap';

useTestDatabase();

const unfunded = () => createOrganization({ funds: 0n });

describe('the cap of a key', () => {
  it('is set by owners and admins, in both modes, and written down', async () => {
    const organization = await unfunded();
    const { id } = await createKey(organization, 'live');
    const admin = await memberActor(organization, 'test', 'admin');
    expect(await setKeyCap(admin, { id, maxSpendSatsPerDay: 70 })).toMatchObject({
      maxSpendSatsPerDay: 70n,
    });
    const [listed] = (await listApiKeys(admin)).data;
    expect(listed).toMatchObject({ id, maxSpendSatsPerDay: 70n, spentTodaySats: 0n });
    const entry = await db.auditEntry.findFirstOrThrow({
      where: { subject: `api_key:${id}`, action: 'api_key.cap_changed' },
    });
    expect(entry.data).toEqual({ name: 'Key under test', max_spend_sats: 70 });
    const developer = await memberActor(organization, 'test', 'developer');
    await expect(setKeyCap(developer, { id, maxSpendSatsPerDay: null })).rejects.toMatchObject({
      status: 403,
    });
  });

  it('of a key that has ended stays as it is', async () => {
    const organization = await unfunded();
    const owner = await memberActor(organization);
    const { id } = await createKey(organization);
    await revokeApiKey(owner, id);
    await expect(setKeyCap(owner, { id, maxSpendSatsPerDay: 1 })).rejects.toMatchObject({
      code: 'api_key_ended',
    });
  });
});
