import { spawnSync } from 'node:child_process';
import { chownSync } from 'node:fs';
import { userInfo } from 'node:os';
import { PostgresStartError } from './failure';

/** The user and group the server runs as; undefined if it is the current user. */
export type Account = { uid: number; gid: number } | undefined;

const CANDIDATES = ['postgres', '_postgres'];

/**
 * Postgres refuses to run as root, so as root it runs as `postgres`, created if absent, or as
 * `nobody` if users cannot be created. Any other user runs it as themselves.
 * @throws PostgresStartError if no such account exists.
 */
export function serverAccount(): Account {
  if (userInfo().uid !== 0) return undefined;
  const found = CANDIDATES.map(lookUp).find((account) => account !== undefined);
  if (found) return found;
  spawnSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres']);
  const account = lookUp('postgres') ?? lookUp('nobody');
  if (account) return account;
  throw new PostgresStartError(
    'Postgres does not run as root and no user postgres could be made; run as an ordinary user, or set DATABASE_URL to a PostgreSQL server.',
  );
}

function lookUp(name: string): Account {
  const uid = spawnSync('id', ['-u', name], { encoding: 'utf8' });
  const gid = spawnSync('id', ['-g', name], { encoding: 'utf8' });
  if (uid.status !== 0 || gid.status !== 0) return undefined;
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

/** Changes the owner of `path` to the account, if there is one. */
export function giveTo(account: Account, path: string): void {
  if (account) chownSync(path, account.uid, account.gid);
}

/** Whether the account can enter `folder` and every folder above it. */
export function canEnter(account: Account, folder: string): boolean {
  if (!account) return true;
  const result = spawnSync('/bin/sh', ['-c', 'test -x "$0"', folder], { ...account, cwd: '/' });
  if (result.error) {
    throw new PostgresStartError(
      `Postgres does not run as root, and changing to another user is refused here (${result.error.message}); run as an ordinary user, or set DATABASE_URL to a PostgreSQL server.`,
    );
  }
  return result.status === 0;
}
