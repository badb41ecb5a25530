import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Inngest } from 'inngest';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Engine, startEngine } from '@/server/embedded/engine';
import { TEST_KEYS } from '@/server/embedded/engine/suite/served-app';
import { db, pool, transaction } from '@/server/platform/db';
import { engineCheck } from '@/server/platform/engine-link';
import { createRelay, enqueue, type Relay } from '@/server/platform/outbox';
import { useTestDatabase } from '@/server/testing/database';
import { type ServedDoor, serveDoor } from '@/server/testing/serve-door';
import type { JobFunction } from './job';
import { createJobsDoor, type JobsDoor } from './jobs-door';
import { createKeeper, type Keeper, probeJob } from './keep-registered';
import { recordRegistration } from './registered-keeper';
import { sendEvents } from './send-events';

const database = useTestDatabase();
const silent = { info() {}, warn() {}, error() {}, debug() {} };
const PACE = {
  tickMs: 50,
  silenceMs: 60_000,
  unconfirmedMs: 300,
  probeMs: 1_500,
  unansweredMs: 5_000,
  retryMsMin: 50,
  retryMsMax: 200,
};

let port = 0;
let ran: unknown[] = [];
let client: Inngest;
let served: ServedDoor;
let keepers: Keeper[] = [];
let relay: Relay;
let engine: Engine | undefined;

beforeAll(async () => {
  port = await freePort();
});

beforeEach(async () => {
  ran = [];
  client = new Inngest({
    id: 'app',
    logger: silent,
    internalLogger: silent,
    baseUrl: `http://127.0.0.1:${port}`,
    isDev: false,
    ...TEST_KEYS,
  });
  const jobs: JobFunction[] = [
    probeJob,
    client.createFunction({ id: 'work', triggers: [{ event: 'go' }] }, ({ event }) => {
      ran.push(event.data.n);
    }),
  ];
  let door: JobsDoor | undefined;
  served = await serveDoor((origin) => {
    door = createJobsDoor({
      client,
      jobs,
      origin,
      onCall: () => {
        for (const keeper of keepers) keeper.noteCall();
      },
      onRegister: recordRegistration,
    });
    return { ...door };
  });
  if (!door) throw new Error('no door');
  const options = { client, door, jobs, origin: served.origin, pace: PACE };
  keepers = [createKeeper(options), createKeeper(options)];
  relay = createRelay({
    subscribers: {
      go: [
        async (rows) =>
          rows.map((row) => ({ id: row.key, name: 'go', data: row.data as { n: number } })),
      ],
    },
    publish: async (events) => {
      await sendEvents(client, events);
      return events;
    },
    onUnavailable: () => keepers[0]?.suspect(),
  });
});

afterEach(async () => {
  await relay.stop();
  await Promise.all(keepers.map((keeper) => keeper.stop()));
  await engine?.stop();
  engine = undefined;
  await served.close();
  await db.outboxRow.deleteMany();
  await pool().query('DELETE FROM sent_events; DELETE FROM engine_link');
  await pool().query('DROP SCHEMA IF EXISTS engine CASCADE');
});

const start = async () => {
  engine = await startEngine({
    databaseUrl: database.url(),
    port,
    exactPort: true,
    keys: TEST_KEYS,
  });
};
/** The engine loses all state, as Inngest's dev server does on a restart. */
const wipe = async () => {
  await engine?.stop();
  await pool().query('DROP SCHEMA IF EXISTS engine CASCADE');
};
const write = async (...numbers: number[]) => {
  await transaction((tx) =>
    enqueue(
      tx,
      numbers.map((n) => ({ topic: 'go', key: `go:${n}`, data: { n } })),
    ),
  );
  relay.kick();
};
const state = async () => (await engineCheck()).state;
const sorted = () => [...ran].sort((a, b) => Number(a) - Number(b));

describe('an engine that comes up later', () => {
  it('is told of the jobs then, and what was written before moves', async () => {
    for (const keeper of keepers) keeper.start();
    relay.start();
    await write(1, 2);
    await expect.poll(state, { timeout: 10_000 }).toBe('unreachable');
    expect((await engineCheck()).message).toContain('is not responding');
    await start();
    await expect.poll(state, { timeout: 20_000 }).toBe('registered');
    await expect.poll(sorted, { timeout: 20_000 }).toEqual([1, 2]);
    expect(await db.outboxRow.count()).toBe(0);
  });

  it('runs what it took before it knew the jobs', async () => {
    await start();
    await write(1, 2, 3);
    relay.start();
    await expect.poll(() => db.outboxRow.count(), { timeout: 10_000 }).toBe(0);
    expect(ran).toEqual([]);
    for (const keeper of keepers) keeper.start();
    await expect.poll(sorted, { timeout: 20_000 }).toEqual([1, 2, 3]);
    // Events are deleted once a call has confirmed them.
    await expect.poll(() => db.sentEvents.count(), { timeout: 10_000 }).toBe(0);
  });
});

describe('an engine that lost its memory', () => {
  it('is told again, and runs what it took meanwhile', async () => {
    for (const keeper of keepers) keeper.start();
    relay.start();
    await start();
    await expect.poll(state, { timeout: 20_000 }).toBe('registered');
    await write(1);
    await expect.poll(sorted, { timeout: 20_000 }).toEqual([1]);
    await expect.poll(() => db.sentEvents.count(), { timeout: 10_000 }).toBe(0);
    await wipe();
    await start();
    await write(2);
    await expect.poll(sorted, { timeout: 20_000 }).toEqual([1, 2]);
    await expect.poll(state, { timeout: 20_000 }).toBe('registered');
    const { rows } = await pool().query('SELECT count(*)::int AS apps FROM engine.app');
    expect(rows).toEqual([{ apps: 1 }]);
  });
});

async function freePort(): Promise<number> {
  const probe: Server = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port: found } = probe.address() as AddressInfo;
  await new Promise<void>((resolve) => probe.close(() => resolve()));
  return found;
}
