import { describe, expect, it } from 'vitest';
import { CreateTask } from '@/server/features/tasks/schema';
import { draftOf, EMPTY_DRAFT, readDraft, shareable } from './draft';

const WHOLE: CreateTask = {
  type: 'whole.request',
  payload: { z: 1, a: ['"', null, true] },
  output_schema: { type: 'object', properties: { z: {}, a: {} } },
  payout_sats: 25,
  sla_seconds: 120,
  skills_required: ['images'],
  risk_tier: 'high',
  redundancy: { min_votes: 2, max_votes: 3, target_confidence: 0.9 },
  instructions: 'Look **twice**.',
  callback_url: 'https://example.com/hook?token=secret',
  metadata: { order: 'A-1' },
  agent_guess: { output: { z: 1 }, confidence: 0.45 },
  on_timeout: { action: 'default', output: { z: 2 } },
  idempotency_key: 'once',
  sandbox: {
    outcome: 'verified',
    answer: null,
    delay_seconds: 0.5,
    workers: [{ accuracy: 0.9 }, { accuracy: 0.625 }],
    seed: 'one',
  },
};

describe('a draft', () => {
  it('says the request that it was made from, whole and in order', () => {
    const { request, faults } = readDraft(draftOf(WHOLE), 'test', CreateTask);
    expect(faults).toEqual({});
    expect(request).toEqual(WHOLE);
    expect(JSON.stringify(request?.payload)).toBe(JSON.stringify(WHOLE.payload));
  });

  it('leaves the sandbox out in live mode', () => {
    expect(readDraft(draftOf(WHOLE), 'live', CreateTask).request).not.toHaveProperty('sandbox');
  });

  it('leaves to the type what is not filled in', () => {
    const { request } = readDraft({ ...EMPTY_DRAFT, type: 't', payload: '{}' }, 'test', CreateTask);
    expect(request).toEqual({ type: 't', payload: {} });
  });

  it('asks for no skill where the list was emptied, and for the type’s where it was not touched', () => {
    const draft = { ...EMPTY_DRAFT, type: 't', payload: '{}' };
    expect(
      readDraft({ ...draft, skills: [] }, 'test', CreateTask).request?.skills_required,
    ).toEqual([]);
    expect(readDraft(draft, 'test', CreateTask).request).not.toHaveProperty('skills_required');
  });

  it.each([
    [{ type: 'Big Letters' }, 'type', /a-z/],
    [{ payload: '[1]' }, 'payload', /object/],
    [{ payload: '{"a": 1,}' }, 'payload', /Line 1/],
    [{ payload: '' }, 'payload', /object/],
    [{ payoutSats: '0.5' }, 'payout_sats', /whole sats/],
    [{ payoutSats: 'many' }, 'payout_sats', /whole sats/],
    [{ slaSeconds: '5' }, 'sla_seconds', /30 to/],
    [{ callbackUrl: 'example.com' }, 'callback_url', /https/],
    [{ metadata: '{"a": {}}' }, 'metadata.a', /./],
    [{ guess: '{}' }, 'agent_guess.confidence', /0 to 100/],
    [{ onTimeout: 'default' }, 'on_timeout.output', /JSON object/],
    [{ sandboxWorkers: '90, lots' }, 'sandbox.workers.1.accuracy', /accuracies/],
  ])('tells what is wrong with %j at its field', (change, path, words) => {
    const draft = { ...EMPTY_DRAFT, type: 't', payload: '{}', ...change };
    const { request, faults } = readDraft(draft, 'test', CreateTask);
    expect(request).toBeNull();
    expect(faults[path]).toMatch(words);
  });

  it('is passed on without what may be secret', () => {
    const shared = JSON.stringify(shareable(draftOf(WHOLE)));
    for (const secret of ['token=secret', 'A-1', 'once']) expect(shared).not.toContain(secret);
  });
});
