import { beforeAll, describe, expect, it } from 'vitest';
import { createTask } from '@/server/features/tasks';
import type { CreateTask } from '@/server/features/tasks/schema';
import { facetKeysOf } from '@/server/features/verification/consensus/facets';
import { fieldsOf } from '@/server/features/verification/consensus/fields';
import type { OrganizationActor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { formSchemaOf } from '@/server/platform/json-schema';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization, createWorker, memberActor } from '@/server/testing/factories';
import { quoteTask } from './quote-task';

useTestDatabase();

const BODY = {
  type: 'quoted',
  payload: {},
  output_schema: {
    type: 'object',
    required: ['ok'],
    properties: { ok: { type: 'boolean' }, score: { type: 'number', minimum: 0, maximum: 10 } },
  },
  payout_sats: 100,
} satisfies CreateTask;

let organization: Awaited<ReturnType<typeof createOrganization>>;
let actor: OrganizationActor;

beforeAll(async () => {
  organization = await createOrganization();
  actor = await memberActor(organization, 'test', 'developer');
  await createWorker({ simulated: true });
});

const tierOf = async (name: string, body: CreateTask = BODY) => {
  const tier = (await quoteTask(actor, body)).tiers.find(({ risk_tier }) => risk_tier === name);
  if (!tier) throw new Error(`There is no tier ${name}.`);
  return tier;
};

describe('a quote', () => {
  it('costs what the create then holds, in whichever tier', async () => {
    for (const risk_tier of ['low', 'medium', 'high', 'critical'] as const) {
      const body = { ...BODY, risk_tier };
      const quote = await quoteTask(actor, body);
      const { task } = await createTask(actor, body);
      expect(quote.cost_sats.held).toBe(task.cost_sats.held);
      expect(quote.risk_tier).toBe(risk_tier);
      const own = quote.tiers.find((tier) => tier.risk_tier === risk_tier);
      expect(own).toMatchObject({
        held_sats: task.cost_sats.held,
        min_votes: task.redundancy.min_votes,
        max_votes: task.redundancy.max_votes,
      });
    }
  });

  it('says that it knows nothing but an assumption, and promises more of tiers that cost more', async () => {
    const { tiers } = await quoteTask(actor, BODY);
    expect(tiers.map(({ basis }) => basis)).toEqual(['prior', 'prior', 'prior', 'prior']);
    const [low, medium, high, critical] = tiers;
    expect(medium).toMatchObject({ expected_votes: 1, expected_cost_sats: 110, held_sats: 220 });
    expect(low?.expected_confidence).toBeLessThan(high?.expected_confidence ?? 0);
    expect(high?.expected_confidence).toBeLessThan(critical?.expected_confidence ?? 0);
    expect(high?.expected_votes).toBeGreaterThanOrEqual(3);
    expect(critical?.expected_cost_sats).toBeLessThanOrEqual(critical?.held_sats ?? 0);
  });

  it('keeps the votes that were asked for in every tier', async () => {
    const body = { ...BODY, redundancy: { min_votes: 2, max_votes: 4 } };
    const { tiers } = await quoteTask(actor, body);
    expect(tiers.map(({ min_votes, max_votes }) => [min_votes, max_votes])).toEqual(
      Array(4).fill([2, 4]),
    );
  });

  it('rests on what golds showed of the type’s workers', async () => {
    const before = await tierOf('high');
    const { organizationId } = actor;
    const worker = newId();
    const schema = await formSchemaOf(BODY.output_schema);
    const type = 'golden';
    await db.evidenceCell.createMany({
      data: facetKeysOf(fieldsOf(schema as never)).map((facet) => ({
        organizationId,
        mode: 'test' as const,
        type,
        facet,
        workerId: worker,
        truth: 0,
        said: 0,
        weight: 60,
      })),
    });
    const after = await tierOf('high', { ...BODY, type });
    expect(after.basis).toBe('evidence');
    expect(after.expected_confidence).toBeGreaterThan(before.expected_confidence ?? 1);
  });

  it('rests on what became of the type’s tasks once there are enough of them', async () => {
    const body = { ...BODY, type: 'known', risk_tier: 'low' as const };
    for (let n = 0; n < 20; n++) await createTask(actor, body);
    await db.task.updateMany({
      where: { type: 'known' },
      data: {
        status: 'verified',
        votesAccepted: 1,
        confidence: 0.9,
        output: { ok: true },
        openSeats: 0,
        completedAt: new Date(),
      },
    });
    expect(await tierOf('low', body)).toMatchObject({
      basis: 'history',
      expected_votes: 1,
      expected_confidence: 0.9,
      expected_cost_sats: 110,
    });
    expect((await tierOf('high', body)).basis).toBe('prior');
  });
});
