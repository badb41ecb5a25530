import { derivedKey, hmacSha256Hex } from '@/server/platform/crypto';

/** Letters and digits that are not easily confused. */
const LETTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const LENGTH = 5;

/**
 * A customer's name for a worker: the same in all its tasks, so that a run of odd answers is
 * recognizable, and different for every other customer. Reveals nothing about the worker.
 */
export function pseudonymOf(organizationId: string, workerId: string): string {
  const digest = hmacSha256Hex(derivedKey('worker-pseudonym'), `${organizationId}:${workerId}`);
  const letters = Array.from({ length: LENGTH }, (_, at) => {
    const byte = Number.parseInt(digest.slice(at * 2, at * 2 + 2), 16);
    return LETTERS[byte % LETTERS.length];
  });
  return `Worker ${letters.join('')}`;
}
