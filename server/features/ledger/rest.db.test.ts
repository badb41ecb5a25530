import { describe, expect, it } from 'vitest';
import { transaction } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { call } from '@/server/testing/call';
import { useTestDatabase } from '@/server/testing/database';
import { createKey, createOrganization } from '@/server/testing/factories';
import { holdForTask } from '@/server/testing/hold-for-tasks';

useTestDatabase();

describe('GET /v1/balance', () => {
  it('200: what is available and held, in the mode of the key alone', async () => {
    const organization = await createOrganization({ funds: 1_000 });
    const hold = { organizationId: organization.id, taskId: newId(), amountSats: 250n };
    await transaction((tx) => holdForTask(tx, { mode: 'test', ...hold }));
    const balances = await Promise.all(
      (['test', 'live'] as const).map(async (mode) => {
        const { text: key } = await createKey(organization, mode);
        return call('GET', '/v1/balance', { key });
      }),
    );
    expect(balances.map(({ status, body }) => [status, body])).toEqual([
      [200, { object: 'balance', mode: 'test', available_sats: 750, held_sats: 250 }],
      [200, { object: 'balance', mode: 'live', available_sats: 1_000, held_sats: 0 }],
    ]);
  });

  it('200: zeros for an organization without a sat', async () => {
    const { text: key } = await createKey(await createOrganization({ funds: 0n }));
    const { status, body } = await call('GET', '/v1/balance', { key });
    expect(status).toBe(200);
    expect(body).toMatchObject({ available_sats: 0, held_sats: 0 });
  });

  it('401 without a key, 403 without the scope, 405 for another method', async () => {
    const { text: key } = await createKey(await createOrganization({ funds: 0n }), 'test', {
      scopes: ['tasks:read'],
    });
    expect((await call('GET', '/v1/balance')).status).toBe(401);
    expect((await call('GET', '/v1/balance', { key })).status).toBe(403);
    const posted = await call('POST', '/v1/balance', { key });
    expect(posted.status).toBe(405);
    expect(posted.headers.get('allow')).toContain('GET');
  });
});
