import type { Pool } from 'pg';

/**
 * Keeps the process alive when Postgres ends a connection of this pool, whether it is idle, in use or
 * just handed out: the statement on it fails, and the pool replaces it. An `error` event that nobody
 * listens to ends a Node process, and the pool itself listens to idle connections only.
 */
export function outliveLosses(pool: Pool, onIdleLoss: (error: Error) => void): void {
  pool.on('error', onIdleLoss);
  pool.on('connect', (client) => client.on('error', () => undefined));
}
