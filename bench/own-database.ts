import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deploy } from '@/prisma/migrate';
import { startPostgres } from '@/server/embedded/postgres';
import { useDatabase } from '@/server/platform/db';

/** Does the work on an empty database of its own, which goes away with it and need not last. */
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

/** A whole number above zero, as an option gives it. */
export function countOption(name: string, text: string | undefined): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new Error(`--${name} must be a whole number above 0, not "${text}".`);
}

/** Ends with code 1 where it fails. */
export function runBench(main: () => Promise<void>): void {
  main().then(
    () => process.exit(),
    (error) => {
      console.error(error);
      process.exit(1);
    },
  );
}
