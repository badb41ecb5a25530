import { describe, expect, it } from 'vitest';
import { PutTaskType } from '@/server/features/task-types/schema';
import { proposedDraft, readTypeDraft, typeDraftOf, versionText } from './type-draft';

const WHOLE: PutTaskType = {
  title: 'Name the bird',
  description: 'One bird at a time.',
  instructions: '# Look\n\nat the beak.',
  output_schema: { type: 'object', properties: { zebra: {}, ant: {} } },
  payload_ui: { photo: 'image', note: { as: 'text', label: 'Finder’s note' } },
  rules: [{ id: 'r', when: true, require: { '!!': [{ var: 'output.ant' }] }, message: 'Say it.' }],
  redundancy: { min_votes: 2, max_votes: 3, target_confidence: 0.95 },
  gold_rate: 0.125,
  payout_sats: 42,
  sla_seconds: 90,
  risk_tier: 'high',
  skills_required: ['images'],
  pool: 'organization',
  policy: { qa: { sampleRate: 0.2 } },
  check_url: 'https://example.com/check',
  agent_votes: true,
};

describe('a task type as a draft', () => {
  it('saves what it was made from, fields in their order', () => {
    const { saved, faults } = readTypeDraft(typeDraftOf(WHOLE), PutTaskType);
    expect(faults).toEqual({});
    expect(saved).toEqual(WHOLE);
    expect(JSON.stringify(saved?.output_schema)).toBe(JSON.stringify(WHOLE.output_schema));
  });

  it.each([
    [{ goldRate: '180' }, 'gold_rate'],
    [{ payoutSats: '0' }, 'payout_sats'],
    [{ schema: '{"a"' }, 'output_schema'],
    [{ schema: '[]' }, 'output_schema'],
    [{ policy: '{"qa": {"sampleRate": 3}}' }, 'policy.qa.sampleRate'],
    [{ policy: '{"unknown": 1}' }, 'policy'],
    [{ payloadUi: '{"photo": "hologram"}' }, 'payload_ui.photo'],
    [{ payloadUi: '["photo"]' }, 'payload_ui'],
    [{ maxVotes: '99' }, 'redundancy.max_votes'],
  ])('tells what is wrong with %j', (change, path) => {
    const { saved, faults } = readTypeDraft({ ...typeDraftOf(WHOLE), ...change }, PutTaskType);
    expect(saved).toBeNull();
    expect(faults[path]).toBeTruthy();
  });

  it('is told as lines, so that one changed word is one changed line', () => {
    const before = versionText(WHOLE).split('\n');
    const after = versionText({ ...WHOLE, instructions: '# Look\n\nat the feet.' }).split('\n');
    expect(after).toHaveLength(before.length);
    expect(after.filter((line, index) => line !== before[index])).toEqual(['  at the feet.']);
  });
});

it('takes proposed votes from an address, in the words of the form, and nothing that is no number', () => {
  const params = new URLSearchParams('min_votes=2&max_votes=3&target_confidence=0.95&gold_rate=no');
  expect(proposedDraft((name) => params.get(name))).toEqual({
    minVotes: '2',
    maxVotes: '3',
    targetConfidence: '95',
  });
});
