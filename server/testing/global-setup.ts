import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { deploy } from '@/prisma/migrate';
import { startPostgres } from '@/server/embedded/postgres';
import { findRunningServer, isAlive } from '@/server/embedded/postgres/running-server';

declare module 'vitest' {
  interface ProvidedContext {
    /** Connection string of a superuser, who may create databases. */
    adminUrl: string;
    /** Database with every migration applied and no rows, to be cloned. */
    templateDatabase: string;
  }
}

const PREFIX = 'humanrail-test-';
const OWNER = 'owner.pid';

/**
 * Prepares Postgres for the database tests: the server of `TEST_DATABASE_URL` if set, otherwise an
 * embedded one in a temporary folder, and in it a template database with every migration applied.
 * Returns the teardown function.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.TEST_DATABASE_URL;
  const server = given ? { url: given, stop: () => Promise.resolve() } : await startTemporary();
  process.env.TEST_DATABASE_URL = server.url;
  const template = `humanrail_template_${process.pid}_${Math.random().toString(36).slice(2, 8)}`;
  try {
    await execute(server.url, `CREATE DATABASE ${template}`);
    const templateUrl = new URL(server.url);
    templateUrl.pathname = `/${template}`;
    await deploy(templateUrl.href);
    // Cloning fails while anyone is connected to the template.
    await execute(server.url, `ALTER DATABASE ${template} ALLOW_CONNECTIONS false`);
  } catch (error) {
    await server.stop();
    throw error;
  }
  project.provide('adminUrl', server.url);
  project.provide('templateDatabase', template);
  return async () => {
    if (given) await execute(given, `DROP DATABASE IF EXISTS ${template}`);
    await server.stop();
  };
}

async function startTemporary() {
  removeAbandoned();
  const folder = mkdtempSync(join(tmpdir(), PREFIX));
  writeFileSync(join(folder, OWNER), String(process.pid));
  const server = await startPostgres({ dataDir: folder, durable: false });
  return {
    url: server.url,
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Stops the servers, and removes the folders, of test runs that were killed before teardown. */
function removeAbandoned(): void {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const folder = join(tmpdir(), name);
    try {
      if (isAlive(Number(readFileSync(join(folder, OWNER), 'utf8')))) continue;
      const server = findRunningServer(join(folder, 'cluster'));
      if (server) process.kill(server.pid, 'SIGQUIT');
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // Another run is creating or removing this folder, or it belongs to another user.
    }
  }
}

async function execute(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
