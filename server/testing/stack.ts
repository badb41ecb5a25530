import { afterAll, beforeAll } from 'vitest';
import { type Engine, startEngine } from '@/server/embedded/engine';
import { TEST_KEYS } from '@/server/embedded/engine/suite/served-app';
import { routeForWorkers, routeTasks } from '@/server/features/routing';
import { onAnswered, onOpenTasks } from '@/server/features/tasks';
import { judgeTasks } from '@/server/features/verification';
import { onWorkersOnline } from '@/server/features/workers';
import { inngest, jobs, publish, subscribers, trimmer } from '@/server/jobs';
import { type Clock, clock as platformClock, useClock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { createHintQueue, createRelay, type Relay, setRelay } from '@/server/platform/outbox';
import { createJobsDoor, type JobsDoor } from '@/server/transport/jobs/jobs-door';
import { registerJobs } from '@/server/transport/jobs/register-jobs';
import { type ServedDoor, serveDoor } from './serve-door';

export interface Stack {
  engine: Engine;
  relay: Relay;
  /** Runs until neither the outbox nor the engine has anything due. */
  settle(): Promise<void>;
  /** Test clock: moves time on by `ms`, a second at a time, and settles after each. */
  advance(ms: number): Promise<void>;
}

/**
 * The background half of the product for a test file, at its top level: the embedded engine on the
 * file's own database, the jobs served to it over HTTP, and the outbox relay. Needs
 * `useTestDatabase()` before it. A clock that is given is everybody's for as long as the file runs.
 */
export function useStack(database: { url(): string }, clock?: Clock): Stack {
  const stack = {} as { engine: Engine; relay: Relay; served: ServedDoor };
  let published = 0;
  let hinted = 0;
  const undo: (() => void)[] = [];

  beforeAll(async () => {
    if (clock) undo.push(useClock(clock));
    stack.engine = await startEngine({
      databaseUrl: database.url(),
      port: 0,
      retryIntervalMs: 100,
      keys: TEST_KEYS,
      ...(clock ? { clock } : {}),
    });
    pointClientAt(stack.engine);
    let door: JobsDoor | undefined;
    stack.served = await serveDoor((origin) => {
      door = createJobsDoor({ client: inngest, jobs, origin });
      return { ...door };
    });
    if (door) await registerJobs(inngest, door);
    stack.relay = createRelay({
      subscribers,
      trimmer,
      publish: (events) => {
        published += events.length;
        return publish(events);
      },
    });
    setRelay(stack.relay);
    undo.push(
      () => setRelay(null),
      onOpenTasks(countedQueue(routeTasks)),
      onWorkersOnline(countedQueue(routeForWorkers)),
      onAnswered(countedQueue(judgeTasks)),
    );
    if (!clock) stack.relay.start();
  });

  afterAll(async () => {
    // Files that follow in this process have a database of their own.
    for (const each of undo) each();
    await stack.relay.stop();
    await stack.engine.stop();
    await stack.served.close();
  });

  // A hint is followed beside everything else; what it does is settled only once it is done.
  const countedQueue = (work: (ids: readonly string[]) => Promise<unknown>) => {
    const queue = createHintQueue('A hint', (ids) =>
      work(ids).finally(() => (hinted -= ids.length)),
    );
    return (ids: readonly string[]) => {
      hinted += ids.length;
      queue.push(ids);
    };
  };

  // Commits kick the relay besides, so what it told on its own during a round counts as well; its
  // rows are there until the engine has their events.
  const settle = async () => {
    for (let before = -1; before !== published || hinted > 0 || (await isTelling()); ) {
      before = published;
      await stack.relay.drain();
      await stack.engine.drain();
    }
  };
  const isTelling = async () => {
    const due = await db.$queryRaw<{ due: boolean }[]>`
      SELECT EXISTS (SELECT 1 FROM outbox WHERE available_at <= ${platformClock.now()}) AS due`;
    return due[0]?.due ?? false;
  };

  return {
    get engine() {
      return stack.engine;
    },
    get relay() {
      return stack.relay;
    },
    settle,
    async advance(ms) {
      await settle();
      for (let rest = ms; rest > 0; rest -= 1_000) {
        await stack.engine.advance(Math.min(1_000, rest));
        await settle();
      }
    },
  };
}

/** Makes the app's client speak to a test's engine, signed as in use. */
export function pointClientAt(engine: { url: string }): void {
  inngest.setEnvVars({
    INNGEST_BASE_URL: engine.url,
    INNGEST_EVENT_KEY: TEST_KEYS.eventKey,
    INNGEST_SIGNING_KEY: TEST_KEYS.signingKey,
  });
}
