import { db } from '@/server/platform/db';
import { remembered } from '@/server/platform/remembered';

/**
 * Looks up a key by its hash; null if unknown. Cached for 2.5 seconds, during which a revocation by
 * another process can go unnoticed; event streams re-check in addition. Unknown hashes are not
 * cached, so that a flood of guesses cannot evict real keys.
 */
export const findKey = remembered({
  name: 'api-keys.keys',
  read: (hash: string) => db.apiKey.findUnique({ where: { hash } }),
  freshMs: (row) => (row ? 2_500 : 0),
  most: 10_000,
});
