import { beforeAll, describe, expect, it } from 'vitest';
import { db } from '@/server/platform/db';
import { call, type Operation, operations } from '@/server/testing/call';
import { useTestDatabase } from '@/server/testing/database';
import { createKey, createOrganization } from '@/server/testing/factories';

useTestDatabase();

const GOLD = { payload: { q: 1 }, expected_output: { answer: 'one' } };
const BODY = { type: 'tenancy', payload: { q: 1 }, payout_sats: 10, sla_seconds: 600 };

/** Ids that belong to the first organization's test mode; used for every path parameter. */
const owned: Record<string, string> = {};
const keys: Record<'owner' | 'foreign' | 'otherMode', string> = {
  owner: '',
  foreign: '',
  otherMode: '',
};

beforeAll(async () => {
  const organization = await createOrganization();
  const foreign = await createOrganization();
  keys.owner = (await createKey(organization, 'test')).text;
  keys.otherMode = (await createKey(organization, 'live')).text;
  keys.foreign = (await createKey(foreign, 'test')).text;
  const task = await call('POST', '/v1/tasks', { key: keys.owner, body: BODY });
  const endpoint = await call('POST', '/v1/webhooks', {
    key: keys.owner,
    body: { url: 'https://example.com/hook' },
  });
  await call('PUT', '/v1/task_types/tenancy_type', { key: keys.owner, body: { title: 'Mine' } });
  owned['/v1/tasks/{id}'] = String(task.body.id);
  owned['/v1/webhooks/{id}'] = String(endpoint.body.id);
  owned['/v1/task_types/{type}'] = 'tenancy_type';
  const gold = await call('POST', '/v1/task_types/tenancy_type/golds', {
    key: keys.owner,
    body: GOLD,
  });
  owned['/v1/task_types/{type}/golds/{id}'] = `tenancy_type/golds/${gold.body.id}`;
  const deposit = await call('POST', '/v1/deposits', {
    key: keys.owner,
    body: { amount_sats: 1 },
  });
  owned['/v1/deposits/{id}'] = String(deposit.body.id);
  owned['/v1/deliveries/{id}'] = await insertDelivery(organization.id, owned['/v1/webhooks/{id}']);
});

async function insertDelivery(organizationId: string, endpointId: string): Promise<string> {
  const now = new Date();
  const event = { id: 'evt_tenancy', organizationId, mode: 'test' as const, type: 'webhook.test' };
  await db.webhookEvent.create({ data: { ...event, body: '{}', createdAt: now } });
  const id = '0198c0de-0000-7000-8000-000000000001';
  await db.delivery.create({
    data: {
      id,
      eventId: event.id,
      organizationId,
      mode: 'test',
      endpointId,
      url: 'https://example.com/hook',
      status: 'failed',
      createdAt: now,
    },
  });
  return id;
}

/** The operation's path with the owner's ids. */
function pathOf(operation: Operation): string {
  const nouns = Object.keys(owned).filter((prefix) => operation.path.startsWith(prefix));
  const noun = nouns.toSorted((a, b) => b.length - a.length)[0] ?? '';
  const at = noun.indexOf('{');
  const own = `${noun.slice(0, at)}${owned[noun]}`;
  return noun === '' ? operation.path : operation.path.replace(noun, own);
}

const bodyOf = (operation: Operation) => {
  if (!operation.body) return {};
  if (operation.id === 'tasks.create' || operation.id === 'quotes.create') return { body: BODY };
  if (operation.id === 'golds.create') return { body: GOLD };
  if (operation.path.endsWith('/replay')) return { body: { since: '2026-01-01T00:00:00Z' } };
  return { body: {} };
};

const named = operations.filter((operation) => operation.path.includes('{'));

describe.each(named.map((operation) => [operation.id, operation] as const))(
  '%s',
  (_id, operation) => {
    it.each(['foreign', 'otherMode'] as const)(
      'answers a %s key as if it were not there',
      async (who) => {
        // Each organization may save a type with the same name.
        if (operation.method === 'PUT') {
          await call('PUT', pathOf(operation), { key: keys[who], body: { title: 'Theirs' } });
          const mine = await call('GET', '/v1/task_types', { key: keys.owner });
          expect(JSON.stringify(mine.body)).not.toContain('Theirs');
          await call('DELETE', pathOf(operation), { key: keys[who] });
          return;
        }
        const answer = await call(operation.method, pathOf(operation), {
          key: keys[who],
          ...bodyOf(operation),
        });
        expect([answer.status, answer.body.error?.code]).toEqual([404, 'not_found']);
      },
    );
  },
);

/** Public operations, and those with a token; add a new one only if it reveals nothing else. */
const PUBLIC = ['openapi.get', 'purchases.get'];
const keyed = operations.filter((operation) => !PUBLIC.includes(operation.id));

describe.each(keyed.map((operation) => [operation.id, operation] as const))(
  '%s',
  (_id, operation) => {
    it('needs a key, and its scope', async () => {
      const without = await call(operation.method, pathOf(operation), bodyOf(operation));
      expect([without.status, without.body.error?.type]).toEqual([401, 'authentication_error']);
      const scopes = (
        ['tasks:read', 'tasks:write', 'webhooks:write', 'usage:read'] as const
      ).filter((scope) => scope !== operation.scope);
      const organization = await db.organization.findFirstOrThrow();
      const powerless = await createKey(organization, 'test', { scopes });
      const answer = await call(operation.method, pathOf(operation), {
        key: powerless.text,
        ...bodyOf(operation),
      });
      expect([answer.status, answer.body.error?.code]).toEqual([403, 'missing_scope']);
    });
  },
);

describe('lists', () => {
  it.each(['foreign', 'otherMode'] as const)(
    'show a %s key nothing of the owner’s',
    async (who) => {
      for (const operation of operations) {
        if (operation.method !== 'GET' || operation.path.includes('{')) continue;
        const { body } = await call('GET', operation.path, { key: keys[who] });
        const text = JSON.stringify(body);
        for (const id of Object.values(owned)) expect(text, operation.id).not.toContain(id);
      }
    },
  );
});
