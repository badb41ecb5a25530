import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deploy } from '@/prisma/migrate';
import { startPostgres } from '@/server/embedded/postgres';
import { useDatabase } from '@/server/platform/db';

/** Runs the work on a temporary, empty, non-durable database. */
export async function withOwnDatabase(work: () => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'humanrail-simulation-'));
  const server = await startPostgres({ dataDir: folder, durable: false });
  try {
    await deploy(server.url);
    const release = await useDatabase(server.url);
    try {
      await work();
    } finally {
      await release();
    }
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Parses a positive integer option. */
export function countOption(name: string, text: string | undefined): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new Error(`--${name} must be a whole number above 0, not "${text}".`);
}

/** Exits with code 1 on failure. */
export function runBench(main: () => Promise<void>): void {
  main().then(
    () => process.exit(),
    (error) => {
      console.error(error);
      process.exit(1);
    },
  );
}
