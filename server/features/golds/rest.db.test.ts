/**
 * Golds managed through the API only, and how a script gives all of them to each of its workers.
 */
import { afterAll, describe, expect, it } from 'vitest';
import '@/server/jobs';
import { db } from '@/server/platform/db';
import { call } from '@/server/testing/call';
import { useTestDatabase } from '@/server/testing/database';
import { createKey, createOrganization } from '@/server/testing/factories';
import { brokenInvariants } from '@/server/testing/invariants';

useTestDatabase();
afterAll(async () => expect(await brokenInvariants()).toEqual([]));

const FIELDS = ['sharp', 'lit', 'whole'];
const TYPE = {
  gold_rate: 1,
  payout_sats: 1,
  sla_seconds: 86_400,
  output_schema: {
    type: 'object',
    required: FIELDS,
    properties: Object.fromEntries(FIELDS.map((name) => [name, { type: 'boolean' }])),
  },
};
const right = Object.fromEntries(FIELDS.map((name) => [name, true]));
const GOLDS = '/v1/task_types/photos/golds';

async function customer() {
  const organization = await createOrganization();
  const { text: key } = await createKey(organization, 'test');
  await call('PUT', '/v1/task_types/photos', { key, body: TYPE });
  const add = (photo: number, expected: object = right) =>
    call('POST', GOLDS, { key, body: { payload: { photo }, expected_output: expected } });
  return { organization, key, add };
}

describe('golds by the API', () => {
  it('are added, listed, and retired', async () => {
    const { key, add } = await customer();
    const { status, body } = await add(1);
    expect([status, body.object, body.expected_output]).toEqual([201, 'gold', right]);
    const listed = await call('GET', GOLDS, { key });
    expect(listed.body.data).toMatchObject([{ id: body.id, retired_at: null, served: 0 }]);
    expect((await add(1)).body.error?.param).toBe('payload');
    expect((await add(2, { sharp: 'yes' })).body.error?.param).toBe('expected_output');
    for (let again = 0; again < 2; again++) {
      const gone = await call('DELETE', `${GOLDS}/${body.id}`, { key });
      expect([gone.status, gone.body.deleted]).toEqual([200, true]);
    }
    const after = await call('GET', GOLDS, { key });
    expect(after.body.data).toMatchObject([{ id: body.id, retired_at: expect.any(String) }]);
    const nowhere = await call('POST', '/v1/task_types/unknown/golds', {
      key,
      body: { payload: {}, expected_output: {} },
    });
    expect(nowhere.status).toBe(404);
  });

  it('are all put to each scripted worker after its first answer, at a gold_rate of 1', async () => {
    const { organization, key, add } = await customer();
    for (let photo = 0; photo < 4; photo++) await add(photo);
    const advance = async () => {
      for (let done = false, left = 600; !done; ) {
        const { body } = await call('POST', '/v1/test/clock/advance', {
          key,
          body: { seconds: left },
        });
        ({ done, remaining_seconds: left } = body as never as {
          done: boolean;
          remaining_seconds: number;
        });
      }
    };
    await advance();
    await call('POST', '/v1/tasks', {
      key,
      body: {
        type: 'photos',
        payload: { photo: 'first' },
        risk_tier: 'low',
        redundancy: { min_votes: 3, max_votes: 3 },
        sandbox: { answer: right, workers: [{ accuracy: 1 }, { accuracy: 0 }, {}] },
      },
    });
    await advance();
    const records = await db.workerTypeRecord.findMany({
      where: { organizationId: organization.id },
      orderBy: { goldCorrect: 'desc' },
      select: { goldCorrect: true, goldTotal: true },
    });
    expect(records).toEqual([
      { goldCorrect: 4, goldTotal: 4 },
      { goldCorrect: 4, goldTotal: 4 },
      { goldCorrect: 0, goldTotal: 4 },
    ]);
    const cells = await db.evidenceCell.findMany({ where: { organizationId: organization.id } });
    expect(cells.reduce((sum, { weight }) => sum + weight, 0)).toBe(3 * 4 * FIELDS.length);
  });

  it('keeps live people from a queue of golds', async () => {
    const { organization } = await customer();
    const { text: live } = await createKey(organization, 'live');
    const { status, body } = await call('PUT', '/v1/task_types/photos', { key: live, body: TYPE });
    expect([status, body.error?.param]).toEqual([400, 'gold_rate']);
  });
});
