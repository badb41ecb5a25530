import { describe, expect, it } from 'vitest';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization, createWorker, memberActor } from '@/server/testing/factories';
import { checkSchema } from './check-schema';
import { countTypes } from './count-types';
import { createTask } from './create-task';
import { getTaskRequest } from './get-task-request';
import type { CreateTask } from './schema';

useTestDatabase();

const WHOLE: CreateTask = {
  type: 'whole.request',
  payload: { z: 'last letter first', a: ['"', null, true, 'ü'] },
  output_schema: {
    type: 'object',
    required: ['verdict'],
    properties: { verdict: { type: 'string', enum: ['yes', 'no'] }, about: { type: 'string' } },
  },
  payout_sats: 25,
  sla_seconds: 120,
  skills_required: [],
  risk_tier: 'high',
  redundancy: { min_votes: 2, max_votes: 3, target_confidence: 0.9, vote_value: 0.02 },
  instructions: 'Look **twice**.',
  callback_url: 'https://example.com/hook',
  metadata: { order: 'A-1', urgent: false },
  agent_guess: { output: { verdict: 'yes' }, confidence: 0.4 },
  on_low_confidence: 'review',
  on_timeout: { action: 'default', output: { verdict: 'no' } },
  sandbox: { outcome: 'verified', answer: { verdict: 'no' }, delay_seconds: 3, seed: 'one' },
};

describe('the request of a task', () => {
  it('makes the same task again, keys in their order', async () => {
    const organization = await createOrganization();
    await createWorker({ simulated: true });
    const actor = await memberActor(organization, 'test', 'developer');
    const { task } = await createTask(actor, { ...WHOLE, idempotency_key: 'once' });
    const request = await getTaskRequest(actor, task.id);
    expect(request).toEqual(WHOLE);
    expect(JSON.stringify(request.output_schema)).toBe(JSON.stringify(WHOLE.output_schema));
    const again = await createTask(actor, request);
    expect(again.replayed).toBe(false);
    expect(again.task).toMatchObject({ payload: WHOLE.payload, metadata: WHOLE.metadata });
  });
});

describe('a schema that is being written', () => {
  it('is told its fault and the place, as a create would', async () => {
    const actor = await memberActor(await createOrganization(), 'test', 'viewer');
    const check = await checkSchema(actor, {
      type: 'object',
      properties: { size: { type: 'nubmer' } },
    });
    expect(check.normalised).toBeNull();
    expect(check.fault?.pointer).toBe('/properties/size/type');
    expect(check.fault?.message).toMatch(/a type must be/);
    expect((await checkSchema(actor, [])).fault).toMatchObject({ pointer: '' });
  });

  it('is told what would make answers worse, with the place, and gives the form', async () => {
    const actor = await memberActor(await createOrganization(), 'test', 'viewer');
    const { fault, warnings, normalised } = await checkSchema(actor, {
      type: 'object',
      required: ['a'],
      properties: {
        a: { type: 'string', enmu: ['x'] },
        b: { anyOf: [{ type: 'string' }, { type: 'null' }] },
      },
    });
    expect(fault).toBeNull();
    expect(warnings).toContainEqual({
      pointer: '/properties/a/enmu',
      message: '"enmu" is ignored; did you mean "enum"?',
    });
    expect(warnings.map(({ pointer }) => pointer)).toContain('');
    expect(normalised).toMatchObject({ properties: { b: { type: ['string', 'null'] } } });
  });
});

describe('the figures of types', () => {
  it('count the organization’s tasks of its mode alone', async () => {
    const organization = await createOrganization();
    await createWorker({ simulated: true });
    const actor = await memberActor(organization, 'test', 'developer');
    await createTask(actor, { type: 'figures', payload: {} });
    await createTask(actor, { type: 'figures', payload: {} });
    const mine = await countTypes(actor);
    expect(mine).toEqual([
      {
        ...{ type: 'figures', tasks: 2, verified: 0, ended: 0, p50Seconds: null, chargedSats: 0 },
        satsPerHour: null,
      },
    ]);
    expect(await countTypes(await memberActor(organization, 'live'))).toEqual([]);
    expect(await countTypes(await memberActor(await createOrganization(), 'test'))).toEqual([]);
  });
});
