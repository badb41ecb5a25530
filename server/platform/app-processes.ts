import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { wallClock } from './clock';
import { db } from './db';
import { newId } from './ids';
import { log } from './log';
import { processWide } from './process-wide';

const BEAT_MS = 15_000;
/** A process without a heartbeat for this long is considered gone. */
const GONE_MS = 60_000;

/** A process that serves the app. */
export interface AppProcess {
  id: string;
  host: string;
  pid: number;
  version: string;
  nodeVersion: string;
  startedAt: Date;
  memoryBytes: number;
}

/** The version of the running package; `unknown` if there is no package.json. */
async function readVersion(): Promise<string> {
  // In the published package the app is in its own folder.
  for (const folder of ['.', '..']) {
    try {
      const path = join(/* turbopackIgnore: true */ process.cwd(), folder, 'package.json');
      const { version } = JSON.parse(await readFile(path, 'utf8')) as { version?: unknown };
      if (typeof version === 'string') return version;
    } catch {
      // Try the next folder.
    }
  }
  return 'unknown';
}

async function beat(self: { id: string; startedAt: Date; version: Promise<string> }) {
  const now = wallClock.now();
  const gone = new Date(now.getTime() - GONE_MS);
  try {
    await db.$executeRaw`
      WITH gone AS (DELETE FROM app_processes WHERE seen_at < ${gone} AND id <> ${self.id}::uuid)
      INSERT INTO app_processes (id, host, pid, version, node_version, started_at, seen_at, memory_bytes)
      VALUES (${self.id}::uuid, ${hostname()}, ${process.pid}, ${await self.version},
        ${process.versions.node}, ${self.startedAt}, ${now}, ${BigInt(process.memoryUsage.rss())})
      ON CONFLICT (id) DO UPDATE
         SET seen_at = excluded.seen_at, memory_bytes = excluded.memory_bytes`;
  } catch (error) {
    log.warn({ err: error }, 'Failed to record this process’s heartbeat');
  }
}

/**
 * Sends a heartbeat of this process every 15 s.
 * @returns a function that stops it.
 */
export function announceProcess(): () => void {
  const timer = processWide('announced-process', () => {
    const self = {
      id: newId(),
      startedAt: new Date(wallClock.nowMs() - process.uptime() * 1_000),
      version: readVersion(),
    };
    void beat(self);
    return setInterval(() => void beat(self), BEAT_MS).unref();
  });
  return () => clearInterval(timer);
}

/** The running processes, oldest first. */
export async function listProcesses(): Promise<AppProcess[]> {
  const rows = await db.appProcess.findMany({
    where: { seenAt: { gte: new Date(wallClock.nowMs() - GONE_MS) } },
    orderBy: [{ startedAt: 'asc' }, { id: 'asc' }],
    omit: { seenAt: true },
  });
  return rows.map((row) => ({ ...row, memoryBytes: Number(row.memoryBytes) }));
}
