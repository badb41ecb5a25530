import { derivedKey, hmacSha256Hex } from '@/server/platform/crypto';

/** Letters and digits that are not taken for one another. */
const LETTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const LENGTH = 5;

/**
 * What a customer calls a worker: the same in all its tasks, so that a run of odd answers can be
 * told from chance, and another one for every other customer. Nothing of the worker can be read
 * from it.
 */
export function pseudonymOf(organizationId: string, workerId: string): string {
  const digest = hmacSha256Hex(derivedKey('worker-pseudonym'), `${organizationId}:${workerId}`);
  const letters = Array.from({ length: LENGTH }, (_, at) => {
    const byte = Number.parseInt(digest.slice(at * 2, at * 2 + 2), 16);
    return LETTERS[byte % LETTERS.length];
  });
  return `Worker ${letters.join('')}`;
}
