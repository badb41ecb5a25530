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

/** A job that only runs to prove that the engine knows the jobs. */
export const probeJob: JobFunction = job(
  { id: 'engine/probe', event: PROBE_EVENT, data: z.object({}), retries: 0 },
  async () => null,
);

export interface KeeperOptions {
  client: Inngest;
  door: JobsDoor;
  jobs: readonly JobFunction[];
  origin: string;
  /** Called at each look with the time until an outbox row is due, if any. */
  onRowDue?: (dueMs: number | null) => void;
  pace?: Partial<Pace>;
}

/** All in milliseconds. */
export interface Pace {
  /** Interval of the process that holds the lease; others check half as often, or less, the more they are. */
  tickMs: number;
  /** Sweeps run every minute; an engine silent for this long is probed. */
  silenceMs: number;
  /** How long events may stay unconfirmed before the engine is probed. */
  unconfirmedMs: number;
  /** Timeout of a probe. */
  probeMs: number;
  /** How long to wait for a call before repeating a registration. */
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
/** Lease TTL of a registration, in case the process crashes. */
const REGISTRATION_MS_MAX = 60_000;

export interface Keeper {
  start(): void;
  stop(): Promise<void>;
  /** The engine called this process. */
  noteCall(): void;
  /** The engine is unavailable; check it at once. */
  suspect(): void;
}

/**
 * Keeps the jobs registered with the engine, in one process of all that share the database.
 * Registers at start, with backoff until the engine has accepted and called, and registers again if
 * the engine does not respond to a probe event, which means that it was replaced or lost its state.
 * Events accepted by such an engine are then resent, and all sweeps run.
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
      log.warn({ err: error, retryMs }, 'Failed to register the jobs with the engine; retrying');
      await setEngineState(isAway(message) ? 'unreachable' : 'registering', message);
    }
  }

  /** Sends an event that makes an engine which knows the jobs call back. */
  async function probe(): Promise<void> {
    try {
      await noteProbe();
      await sendEvents(client, [{ id: randomUUID(), name: PROBE_EVENT, data: {} }]);
    } catch (error) {
      mustRegister = true;
      await setEngineState('unreachable', (error as Error).message);
    }
  }

  /** After a registration, the engine must prove with a call that it knows the jobs. */
  async function awaitFirstCall(link: EngineLink): Promise<void> {
    if (hasCalledSince(link, link.registeredAt)) {
      if (mustSweep) await runSweeps();
      await setEngineState('registered', null);
    } else if (ageMs(link, link.registeredAt) > times.unansweredMs) {
      mustRegister = true;
      await setEngineState(link.state, `It accepts registrations but does not call ${origin}.`);
    } else if (ageMs(link, link.probedAt) > times.probeMs / 3) await probe();
  }

  /** Probes an engine that should have called; without a reaction, it has lost the registration. */
  async function watchCalls(link: EngineLink, unconfirmedMs: number): Promise<void> {
    if (link.probedAt === null || hasCalledSince(link, link.probedAt)) {
      const isSilent = ageMs(link, link.calledAt) > times.silenceMs;
      if (suspected || isSilent || unconfirmedMs > times.unconfirmedMs) await probe();
      suspected = false;
    } else if (ageMs(link, link.probedAt) > times.probeMs) {
      log.warn('The engine is not running the jobs; registering them again');
      await setEngineState('forgotten', 'It accepted an event but did not call.');
      mustRegister = true;
      retryAtMs = 0;
    }
  }

  async function runSweeps(): Promise<void> {
    await sendEvents(client, [{ id: randomUUID(), name: SWEEPS_EVENT, data: {} }]);
    mustSweep = false;
  }

  /** Resends the events sent before the last registration. */
  async function repeat(): Promise<void> {
    for (const { id, events } of await findEventsToRepeat(REPEATED_AT_A_TIME)) {
      const begunMs = performance.now();
      try {
        await sendEvents(client, events);
      } catch (error) {
        if (!(error instanceof EventsRefused)) throw error;
        // They were accepted once; the sweeps recover what is left to do.
        log.error({ err: error, sentEvents: id }, 'Failed to resend events');
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

  /** @returns the delay until the next look, in milliseconds. */
  async function look(): Promise<number> {
    if (seize) await ensureEngineLink();
    const calledMs = calledAtMs === null ? null : performance.now() - calledAtMs;
    calledAtMs = null;
    const pulse = await takePulse({ holder, seizeFrom: seize ? fingerprint : null, calledMs });
    seize = false;
    onRowDue?.(pulse.rowDueMs);
    // An unresponsive engine must not block other updates.
    ticking ??= tick(pulse)
      .catch((error: unknown) => log.warn({ err: error }, 'Failed to check the engine'))
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
        log.warn({ err: error }, 'Failed to check the engine');
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

/** If the fingerprint changes, the jobs must be registered again. */
function fingerprintOf(client: Inngest, jobs: readonly JobFunction[], origin: string): string {
  const configs = jobs.map((each) => [each.id(), each.opts]);
  return createHash('sha256')
    .update(JSON.stringify([configs, origin, client.apiBaseUrl]))
    .digest('hex');
}

/**
 * The SDK reports "Failed to register; …" for network errors, and adds the status for responses.
 */
function isAway(message: string): boolean {
  return /^Failed to register/.test(message) && !message.includes('status code');
}
