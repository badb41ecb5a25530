import { describe, expect, it } from 'vitest';
import document from '@/public/openapi.json';
import { callOf, type RawDocument } from './described-call';
import { EFFECTS } from './effects';
import { rememberedId, rememberId } from './remembered';
import { addressOf, keyFault } from './send-call';

const described = (id: string) => callOf(document as unknown as RawDocument, id);
const operations = Object.values((document as unknown as RawDocument).paths).flatMap((methods) =>
  Object.entries(methods).map(([method, { operationId }]) => ({ method, operationId })),
);

describe('a call as the instance describes it', () => {
  it('can be read for every operation', () => {
    for (const { operationId } of operations) expect(described(operationId).id).toBe(operationId);
  });

  it('has its body as in the example, and what its address can say', () => {
    const create = described('tasks.create');
    expect(JSON.parse(create.body ?? '')).toMatchObject({ type: 'content_review' });
    expect(described('tasks.get').inputs.map(({ name }) => name)).toEqual(['id', 'wait']);
    expect(described('openapi.get').needsKey).toBe(false);
  });

  it('is told apart from one that does not exist', () => {
    expect(() => described('tasks.nothing')).toThrow('no call tasks.nothing');
  });
});

describe('an address', () => {
  it('holds what was filled in, encoded, and leaves out what was not', () => {
    expect(addressOf(described('tasks.get'), { id: ' a/b ', wait: '' })).toBe('/v1/tasks/a%2Fb');
    expect(addressOf(described('tasks.list'), { status: 'verified', type: 'a b' })).toBe(
      '/v1/tasks?status=verified&type=a+b',
    );
  });
});

describe('a key', () => {
  it('of live mode, or of no kind, is refused in words', () => {
    expect(keyFault('ek_test_x')).toBeNull();
    expect(keyFault('ek_live_x')).toMatch(/live key/);
    expect(keyFault('sk_x')).toMatch(/ek_test_/);
    expect(keyFault('')).toMatch(/Paste a test key/);
  });
});

describe('ids of what was made', () => {
  it('are offered to the calls that are about it', () => {
    rememberId('/v1/webhooks/1/test?x=1', '{"object": "webhook_test", "delivery_id": "d1"}');
    rememberId('/v1/tasks', '{"id": "t1"}');
    rememberId('/v1/tasks', 'no JSON');
    expect(rememberedId('/v1/tasks/{id}/cancel')).toBe('t1');
    expect(rememberedId('/v1/deliveries/{id}/replay')).toBe('d1');
    expect(rememberedId('/v1/webhooks/{id}')).toBeUndefined();
  });
});

it('what deletes, cancels, rotates or sends again says so before it is sent', () => {
  const undone = operations
    .filter(
      ({ method, operationId }) =>
        method === 'delete' || /cancel|rotate|replay|put$/.test(operationId),
    )
    .map(({ operationId }) => operationId);
  expect(Object.keys(EFFECTS).toSorted()).toEqual(undone.toSorted());
});
