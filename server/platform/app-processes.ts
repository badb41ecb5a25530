import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { wallClock } from './clock';
import { db } from './db';
import { newId } from './ids';
import { log } from './log';
import { processWide } from './process-wide';

const BEAT_MS = 15_000;
/** A process that said nothing for so long is gone. */
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

/** Of the package that runs; `unknown` where no package.json says it. */
async function readVersion(): Promise<string> {
  // In the published package the app lies in a folder of its own.
  for (const folder of ['.', '..']) {
    try {
      const path = join(/* turbopackIgnore: true */ process.cwd(), folder, 'package.json');
      const { version } = JSON.parse(await readFile(path, 'utf8')) as { version?: unknown };
      if (typeof version === 'string') return version;
    } catch {
      // Looked for elsewhere.
    }
  }
  return 'unknown';
}

async function beat(self: { id: string; startedAt: Date; version: Promise<string> }) {
  const now = wallClock.now();
  const memoryBytes = BigInt(process.memoryUsage.rss());
  const facts = { seenAt: now, memoryBytes };
  try {
    await db.appProcess.upsert({
      where: { id: self.id },
      create: {
        ...facts,
        id: self.id,
        host: hostname(),
        pid: process.pid,
        version: await self.version,
        nodeVersion: process.versions.node,
        startedAt: self.startedAt,
      },
      update: facts,
    });
    await db.appProcess.deleteMany({
      where: { seenAt: { lt: new Date(now.getTime() - GONE_MS) } },
    });
  } catch (error) {
    log.warn({ err: error }, 'This process could not say that it runs');
  }
}

/**
 * Has this process say every 15 s that it runs.
 * @returns what ends it.
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

/** The processes that run now, the oldest first. */
export async function listProcesses(): Promise<AppProcess[]> {
  const rows = await db.appProcess.findMany({
    where: { seenAt: { gte: new Date(wallClock.nowMs() - GONE_MS) } },
    orderBy: [{ startedAt: 'asc' }, { id: 'asc' }],
    omit: { seenAt: true },
  });
  return rows.map((row) => ({ ...row, memoryBytes: Number(row.memoryBytes) }));
}
