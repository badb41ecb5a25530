import { hashJson, hmacSha256Hex } from '@/server/platform/crypto';
import { env } from '@/server/platform/env';

/** Prefix of the seeds for a scripted crowd's random draws. */
const CROWD = 'crowd:';

/**
 * Uniform in [0, 1): deterministic per purpose and seed, and unpredictable without the instance's
 * secret; in a scripted crowd the same on every instance.
 */
export function drawOf(purpose: string, drawn: string): number {
  const secret = drawn.startsWith(CROWD) ? CROWD : env.APP_SECRET;
  const hex = hmacSha256Hex(secret, `${purpose}:${drawn}`).slice(0, 12);
  return Number.parseInt(hex, 16) / 2 ** 48;
}

/**
 * The seed for an answer's random draws: its id; in the scripted crowd the payload, the seed and
 * the worker's seat, so that another run gets the same draws.
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
