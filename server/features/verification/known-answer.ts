import { threadCall } from '@/server/platform/threads';
import type { matchesGold } from './gold-match';
import { policyFor } from './policy';
import type { Json, JsonObject } from './stage';

const matches = threadCall<typeof matchesGold>('verification/matches-gold', { limitMs: 5_000 });

/**
 * Whether an answer matches the known one, with the settings of the lowest risk tier: used by the
 * quiz and the practice task.
 */
export function matchesKnownAnswer(
  schema: object,
  expected: unknown,
  output: unknown,
): Promise<boolean> {
  const { consensus } = policyFor('low');
  return matches(schema as JsonObject, expected as Json, output as Json, consensus);
}
