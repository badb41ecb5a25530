import { expect, it } from 'vitest';
import { auditFacts } from './audit-facts';

it('says the facts of an entry in words, and leaves out what is empty', () => {
  expect(
    auditFacts({
      ...{ sats: 100_000, reason: 'Invoice 7', note: '', email: null, public_pool: true },
      ...{ skills: ['a', 'b'], events: [], to: { passMark: 0.8, hours: [1, 2] } },
    }),
  ).toBe(
    'Sats: 100,000 · Reason: Invoice 7 · Public pool: yes · Skills: a, b · Events: none · To: {Pass mark 0.8, Hours 1, 2}',
  );
});
