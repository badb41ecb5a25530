import type { Pool } from 'pg';

/**
 * Keeps the process alive when Postgres closes a connection of this pool, whether it is idle, in
 * use or just checked out: its statement fails, and the pool replaces it. An unhandled `error`
 * event ends a Node process, and the pool only listens to idle connections.
 */
export function outliveLosses(pool: Pool, onIdleLoss: (error: Error) => void): void {
  pool.on('error', onIdleLoss);
  pool.on('connect', (client) => client.on('error', () => undefined));
}
