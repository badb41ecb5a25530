import { threadCall } from '@/server/platform/threads';
import type { matchesGold } from './gold-match';
import { policyFor } from './policy';
import type { Json, JsonObject } from './stage';

const matches = threadCall<typeof matchesGold>('verification/matches-gold', { limitMs: 5_000 });

/**
 * Whether an answer says what is known, by the numbers of the lowest risk: how the quiz and the
 * practice task judge.
 */
export function matchesKnownAnswer(
  schema: object,
  expected: unknown,
  output: unknown,
): Promise<boolean> {
  const { consensus } = policyFor('low');
  return matches(schema as JsonObject, expected as Json, output as Json, consensus);
}
