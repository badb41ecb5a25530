import { createHash, randomUUID } from 'node:crypto';
import type { Inngest } from 'inngest';
import { z } from 'zod';
import {
  type EngineLink,
  endRegistration,
  ensureEngineLink,
  noteProbe,
  releaseEngineLink,
  setEngineState,
  setFingerprint,
} from '@/server/platform/engine-link';
import { log } from '@/server/platform/log';
import { confirmSentEvents, findEventsToRepeat, noteRepeated } from '@/server/platform/outbox';
import { type Pulse, takePulse } from '@/server/platform/pulse';
import { type JobFunction, job, SWEEPS_EVENT } from './job';
import type { JobsDoor } from './jobs-door';
import { type RegistrationFailed, registerJobs } from './register-jobs';
import { EventsRefused, sendEvents } from './send-events';

const PROBE_EVENT = 'humanrail/engine.probe';

/** Runs for nothing but its own call: that the engine made it shows that it knows the jobs. */
export const probeJob: JobFunction = job(
  { id: 'engine/probe', event: PROBE_EVENT, data: z.object({}), retries: 0 },
  async () => null,
);

export interface KeeperOptions {
  client: Inngest;
  door: JobsDoor;
  jobs: readonly JobFunction[];
  origin: string;
  /** Told with each look in how many milliseconds a row of the outbox is due, if there is one. */
  onRowDue?: (dueMs: number | null) => void;
  pace?: Partial<Pace>;
}

/** All in milliseconds. */
export interface Pace {
  /** Between two looks of the process that looks after the engine; others look half as often, or less, the more they are. */
  tickMs: number;
  /** Sweeps run every minute; an engine that has not called for so long is asked. */
  silenceMs: number;
  /** For how long events may be unconfirmed before the engine is asked. */
  unconfirmedMs: number;
  /** How long a probe may stay unanswered. */
  probeMs: number;
  /** A registration that no call follows is repeated after so long. */
  unansweredMs: number;
  retryMsMin: number;
  retryMsMax: number;
}

const PACE: Pace = {
  tickMs: 2_000,
  silenceMs: 90_000,
  unconfirmedMs: 10_000,
  probeMs: 10_000,
  unansweredMs: 30_000,
  retryMsMin: 500,
  retryMsMax: 10_000,
};
const REPEATED_AT_A_TIME = 20;
/** A process that registered and died on the way. */
const REGISTRATION_MS_MAX = 60_000;

export interface Keeper {
  start(): void;
  stop(): Promise<void>;
  /** The engine called this process. */
  noteCall(): void;
  /** The engine turned out to be away; it is asked at once. */
  suspect(): void;
}

/**
 * Keeps the engine told of the jobs, in one process of all that share the database. It registers when
 * it starts, goes on with growing pauses until the engine has taken the registration and called, and
 * registers again when the engine, though asked by an event, does not call: it was replaced, or it
 * lost its memory. Events that such an engine took are sent again, and all sweeps run.
 */
export function createKeeper(options: KeeperOptions): Keeper {
  const { client, door, jobs, origin, onRowDue, pace } = options;
  const times = { ...PACE, ...pace };
  const holder = randomUUID();
  const fingerprint = fingerprintOf(client, jobs, origin);
  let timer: NodeJS.Timeout | undefined;
  let isStarted = false;
  let looking: Promise<void> | null = null;
  let ticking: Promise<void> | null = null;
  let seize = true;
  let isHolder = false;
  let mustRegister = true;
  let mustSweep = true;
  let retryMs = 0;
  let retryAtMs = 0;
  let suspected = false;
  let calledAtMs: number | null = null;

  async function register(link: EngineLink): Promise<void> {
    if (performance.now() < retryAtMs) return;
    try {
      await registerJobs(client, door);
      await setFingerprint(fingerprint);
      if (link.state !== 'forgotten') await setEngineState('registering', null);
      mustRegister = false;
      mustSweep = true;
      retryMs = 0;
      await probe();
    } catch (error) {
      retryMs = Math.min(times.retryMsMax, Math.max(times.retryMsMin, retryMs * 2));
      retryAtMs = performance.now() + retryMs * (0.75 + Math.random() / 2);
      const { message } = error as RegistrationFailed;
      log.warn({ err: error, retryMs }, 'The engine was not told of the jobs; it is tried again');
      await setEngineState(isAway(message) ? 'unreachable' : 'registering', message);
    }
  }

  /** Sends an event that the engine, if it knows the jobs, answers with a call. */
  async function probe(): Promise<void> {
    try {
      await noteProbe();
      await sendEvents(client, [{ id: randomUUID(), name: PROBE_EVENT, data: {} }]);
    } catch (error) {
      mustRegister = true;
      await setEngineState('unreachable', (error as Error).message);
    }
  }

  /** After a registration: the engine has to show by a call that it knows the jobs. */
  async function awaitFirstCall(link: EngineLink): Promise<void> {
    if (hasCalledSince(link, link.registeredAt)) {
      if (mustSweep) await runSweeps();
      await setEngineState('registered', null);
    } else if (ageMs(link, link.registeredAt) > times.unansweredMs) {
      mustRegister = true;
      await setEngineState(link.state, `It takes registrations, and does not call ${origin}.`);
    } else if (ageMs(link, link.probedAt) > times.probeMs / 3) await probe();
  }

  /** An engine that should have called and has not is asked; one that does not react has forgotten. */
  async function watchCalls(link: EngineLink, unconfirmedMs: number): Promise<void> {
    if (link.probedAt === null || hasCalledSince(link, link.probedAt)) {
      const isSilent = ageMs(link, link.calledAt) > times.silenceMs;
      if (suspected || isSilent || unconfirmedMs > times.unconfirmedMs) await probe();
      suspected = false;
    } else if (ageMs(link, link.probedAt) > times.probeMs) {
      log.warn('The engine does not run the jobs; it is told of them again');
      await setEngineState('forgotten', 'It took an event and did not call.');
      mustRegister = true;
      retryAtMs = 0;
    }
  }

  async function runSweeps(): Promise<void> {
    await sendEvents(client, [{ id: randomUUID(), name: SWEEPS_EVENT, data: {} }]);
    mustSweep = false;
  }

  /** Sends again what was sent before the last registration. */
  async function repeat(): Promise<void> {
    for (const { id, events } of await findEventsToRepeat(REPEATED_AT_A_TIME)) {
      const begunMs = performance.now();
      try {
        await sendEvents(client, events);
      } catch (error) {
        if (!(error instanceof EventsRefused)) throw error;
        // It took them once; the sweeps find what is left to do.
        log.error({ err: error, sentEvents: id }, 'Events are not taken a second time');
      }
      await noteRepeated(id, performance.now() - begunMs);
    }
  }

  async function tick(pulse: Pulse): Promise<void> {
    const { link } = pulse;
    if (!link) {
      isHolder = false;
      return;
    }
    if (!isHolder) mustRegister = true;
    isHolder = true;
    const { registrationStartedAt, now } = link;
    if (
      registrationStartedAt &&
      now.getTime() - registrationStartedAt.getTime() > REGISTRATION_MS_MAX
    ) {
      await endRegistration(true);
    }
    if (mustRegister) await register(link);
    else if (link.state === 'registered') await watchCalls(link, pulse.unconfirmedMs);
    else await awaitFirstCall(link);
    if (mustRegister) return;
    if (pulse.hasRepeats) await repeat();
    if (pulse.hasConfirmed) await confirmSentEvents();
  }

  /** @returns after how many milliseconds this process looks again. */
  async function look(): Promise<number> {
    if (seize) await ensureEngineLink();
    const calledMs = calledAtMs === null ? null : performance.now() - calledAtMs;
    calledAtMs = null;
    const pulse = await takePulse({ holder, seizeFrom: seize ? fingerprint : null, calledMs });
    seize = false;
    onRowDue?.(pulse.rowDueMs);
    // An engine that does not answer must not keep the others from what they are told.
    ticking ??= tick(pulse)
      .catch((error: unknown) => log.warn({ err: error }, 'The engine could not be looked after'))
      .finally(() => {
        ticking = null;
      });
    const isBusy = mustRegister || pulse.hasRepeats || pulse.link?.state !== 'registered';
    if (pulse.link) return isBusy ? times.tickMs / 2 : times.tickMs;
    return times.tickMs * Math.max(2, (pulse.processes - 1) / 2);
  }

  function run(): void {
    looking = look()
      .catch((error: unknown) => {
        log.warn({ err: error }, 'The engine could not be looked after');
        return times.tickMs;
      })
      .then((waitMs) => {
        if (isStarted) timer = setTimeout(run, waitMs).unref();
      });
  }

  return {
    start() {
      if (isStarted) return;
      isStarted = true;
      run();
    },
    async stop() {
      isStarted = false;
      clearTimeout(timer);
      await looking;
      await ticking;
      await releaseEngineLink(holder);
    },
    noteCall() {
      calledAtMs = performance.now();
    },
    suspect() {
      suspected = true;
    },
  };
}

function ageMs(link: EngineLink, at: Date | null): number {
  return at ? link.now.getTime() - at.getTime() : Number.POSITIVE_INFINITY;
}

function hasCalledSince({ calledAt }: EngineLink, at: Date | null): boolean {
  return calledAt !== null && at !== null && calledAt > at;
}

/** Another fingerprint means that the engine has to be told again. */
function fingerprintOf(client: Inngest, jobs: readonly JobFunction[], origin: string): string {
  const configs = jobs.map((each) => [each.id(), each.opts]);
  return createHash('sha256')
    .update(JSON.stringify([configs, origin, client.apiBaseUrl]))
    .digest('hex');
}

/** The SDK says "Failed to register; …" for a network error, and adds the status for an answer. */
function isAway(message: string): boolean {
  return /^Failed to register/.test(message) && !message.includes('status code');
}
