import { db } from '@/server/platform/db';
import { remembered } from '@/server/platform/remembered';

/**
 * The key of a hash; null for an unknown one. A busy key costs one read in 2.5 seconds, within which a revocation in
 * another process can go unnoticed here; event streams look again on top of it. Unknown hashes are not kept: a flood of
 * guesses must not push real keys out.
 */
export const findKey = remembered({
  name: 'api-keys.keys',
  read: (hash: string) => db.apiKey.findUnique({ where: { hash } }),
  freshMs: (row) => (row ? 2_500 : 0),
  most: 10_000,
});
