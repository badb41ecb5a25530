import { beforeAll, describe, expect, it } from 'vitest';
import { call } from '@/server/testing/call';
import { useTestDatabase } from '@/server/testing/database';
import { createKey, createOrganization } from '@/server/testing/factories';
import { V0_CREATE } from '@/server/testing/v0-create';
import type { Operation } from '@/server/transport/rest';
import { v0Operations } from './index';

useTestDatabase();

const BODY = { ...V0_CREATE, idempotencyKey: 'tenancy' };
let organization: Awaited<ReturnType<typeof createOrganization>>;
let owner: string;
let taskId: string;
const strangers = { foreign: '', otherMode: '' };

beforeAll(async () => {
  organization = await createOrganization();
  owner = (await createKey(organization, 'test')).text;
  strangers.otherMode = (await createKey(organization, 'live')).text;
  strangers.foreign = (await createKey(await createOrganization(), 'test')).text;
  taskId = String((await call('POST', '/v0/tasks', { key: owner, body: BODY })).body.id);
});

const pathOf = ({ path }: Operation) => path.replace('{id}', taskId);
const bodyOf = ({ id, body }: Operation) =>
  body ? { body: id === 'v0.tasks.create' ? BODY : { eventType: 'task.posted' } } : {};
const each = v0Operations.map((operation) => [operation.id, operation] as const);

describe.each(each)('%s', (_id, operation) => {
  it('needs a key, and its scope', async () => {
    const without = await call(operation.method, pathOf(operation), bodyOf(operation));
    expect([without.status, without.body.error?.type]).toEqual([401, 'authentication_error']);
    const scopes = (['tasks:read', 'tasks:write', 'webhooks:write', 'usage:read'] as const).filter(
      (scope) => scope !== operation.scope,
    );
    const { text } = await createKey(organization, 'test', { scopes });
    const answer = await call(operation.method, pathOf(operation), {
      key: text,
      ...bodyOf(operation),
    });
    expect([answer.status, answer.body.error?.code]).toEqual([403, 'missing_scope']);
    expect(answer.body.error?.details).toEqual({ scope: operation.scope });
  });

  it.each(['foreign', 'otherMode'] as const)('tells a %s key nothing', async (who) => {
    const answer = await call(operation.method, pathOf(operation), {
      key: strangers[who],
      ...bodyOf(operation),
    });
    expect(JSON.stringify(answer.body)).not.toContain(`"id":"${taskId}"`);
    if (!operation.path.includes('{id}')) return;
    expect([answer.status, answer.body.error?.code]).toEqual([404, 'not_found']);
  });
});

describe('what is no operation', () => {
  it.each([
    ['PUT', '/v0/tasks', 'GET'],
    ['DELETE', '/v0/tasks/1', 'GET'],
    ['GET', '/v0/tasks/1/cancel', 'POST'],
    ['POST', '/v0/usage', 'GET'],
  ] as const)('%s %s is 405, with what is allowed', async (method, path, allowed) => {
    const { status, headers, body } = await call(method, path, { key: owner });
    expect([status, body.error?.code]).toEqual([405, 'method_not_allowed']);
    expect(headers.get('allow')).toContain(allowed);
    expect(body.requestId).toBe(headers.get('x-request-id'));
  });

  it('is 404 elsewhere, in the form of v0', async () => {
    const { status, headers, body } = await call('GET', '/v0/quotes');
    expect(status).toBe(404);
    expect(body).toMatchObject({
      error: { type: 'not_found', code: 'not_found', details: {} },
      requestId: headers.get('x-request-id'),
    });
  });
});

describe('/v0/healthz', () => {
  it('needs no key, and takes GET alone', async () => {
    const { status, body } = await call('GET', '/v0/healthz');
    expect([status, body]).toEqual([200, { status: 'ok' }]);
    const refused = await call('POST', '/v0/healthz');
    expect(refused.status).toBe(405);
    expect(Object.keys(refused.body)).toEqual(['error', 'requestId']);
  });
});
