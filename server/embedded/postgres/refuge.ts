import { chmodSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Account, canEnter } from './account';
import { PostgresStartError } from './failure';

/**
 * A folder that the server's account can enter, for when only root can enter the checkout (such as
 * below /root): binaries are copied there and clusters live there. The first choice survives a
 * restart of the machine, the second may not.
 * @throws PostgresStartError if neither can be used.
 */
export function refugeFolder(account: Account): string {
  for (const base of ['/var/lib/humanrail', join(tmpdir(), 'humanrail')]) {
    try {
      mkdirSync(base, { recursive: true });
      chmodSync(base, 0o755);
      if (canEnter(account, base)) return base;
    } catch {
      // A read-only /var/lib is no reason to give up while there is a second choice.
    }
  }
  throw new PostgresStartError(
    'Postgres runs as another user than root, which cannot enter this folder; move the checkout to where everyone can enter, or set DATABASE_URL to a PostgreSQL server.',
  );
}
