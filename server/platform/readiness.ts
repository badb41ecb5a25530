import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pool } from './db';
import { type EngineCheck, engineCheck } from './engine-link';
import { processWide } from './process-wide';

export type Check = { ok: true } | { ok: false; message: string };

export interface Readiness {
  ready: boolean;
  /**
   * The engine does not affect readiness: without it tasks are accepted and readable, and processed
   * later.
   */
  checks: { database: Check; migrations: Check; engine?: EngineCheck };
}

const OK: Check = { ok: true };

/** The migrations of this build; constant while the process runs. */
function shippedMigrations(): Promise<string[]> {
  return processWide('readiness.migrations', async () => {
    const entries = await readdir(
      join(/* turbopackIgnore: true */ process.cwd(), 'prisma', 'migrations'),
      {
        withFileTypes: true,
      },
    );
    return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  });
}

async function appliedMigrations(): Promise<Set<string>> {
  const { rows } = await pool().query<{ migration_name: string }>(
    `SELECT migration_name FROM _prisma_migrations
      WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`,
  );
  return new Set(rows.map((row) => row.migration_name));
}

/**
 * Checks whether the database responds and has every migration of this build; also reports the
 * engine's state.
 */
export async function checkReadiness(): Promise<Readiness> {
  try {
    await pool().query('SELECT 1');
  } catch (error) {
    const message = `The database is not responding: ${(error as Error).message}`;
    const failed: Check = { ok: false, message };
    return { ready: false, checks: { database: failed, migrations: failed } };
  }
  const migrations = await checkMigrations();
  if (!migrations.ok) return { ready: false, checks: { database: OK, migrations } };
  return { ready: true, checks: { database: OK, migrations, engine: await engineCheck() } };
}

async function checkMigrations(): Promise<Check> {
  const shipped = await shippedMigrations();
  const applied = await appliedMigrations().catch(() => new Set<string>());
  const missing = shipped.filter((name) => !applied.has(name));
  if (missing.length === 0) return OK;
  return {
    ok: false,
    message: `Pending migrations: ${missing.join(', ')}. Run \`npm run migrate -- deploy\`, or \`npx humanrail migrate\` of the package.`,
  };
}
