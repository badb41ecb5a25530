import { expect, test } from 'vitest';
import { foldMeta } from './event-meta';

test('a session that the sender names wins over the one handed down, key by key', () => {
  expect(
    foldMeta({
      sessions: { org: 'own' },
      propagated_sessions: { org: 'inherited', team: 'core' },
    }),
  ).toEqual({ meta: { sessions: { org: 'own', team: 'core' } } });
});

test('what else an event says about itself stays, and nothing is made of nothing', () => {
  expect(foldMeta({ source: 'cli' })).toEqual({ meta: { source: 'cli' } });
  for (const none of [undefined, null, {}, [], 'text', { sessions: {} }]) {
    expect(foldMeta(none)).toEqual({});
  }
});
