import { hashJson, hmacSha256Hex } from '@/server/platform/crypto';
import { env } from '@/server/platform/env';

/** Begins the words that a scripted crowd's chances are drawn by. */
const CROWD = 'crowd:';

/**
 * Uniform in [0, 1): the same however often it is drawn for one purpose and by one word, and not to
 * be foretold without the instance's secret; in a scripted crowd the same on every instance.
 */
export function drawOf(purpose: string, drawn: string): number {
  const secret = drawn.startsWith(CROWD) ? CROWD : env.APP_SECRET;
  const hex = hmacSha256Hex(secret, `${purpose}:${drawn}`).slice(0, 12);
  return Number.parseInt(hex, 16) / 2 ** 48;
}

/**
 * What chances are drawn by that concern an answer: its id; in the scripted crowd the payload, the
 * seed and the worker's seat, so that another run meets the same chances.
 */
export function drawnBy(
  answer: { id: string },
  task: { crowdSeats: number | null; type: string; payload: unknown; sandbox: unknown },
  worker: { scriptSeat: number | null },
): string {
  if (task.crowdSeats === null || worker.scriptSeat === null) return answer.id;
  const { seed = '' } = (task.sandbox ?? {}) as { seed?: unknown };
  return CROWD + hashJson([task.type, task.payload, String(seed), worker.scriptSeat]);
}
