import type { InngestFunction } from 'inngest';
import type { z } from 'zod';
import {
  divert,
  type JobSteps,
  registerJobBody,
  registerTimerBody,
} from '@/server/platform/background';
import type { OutgoingEvent } from '@/server/platform/outbox';
import {
  declareSweep,
  noteSweepEnd,
  noteSweepFailure,
  noteSweepStart,
} from '@/server/platform/sweeps';
import { inngest } from './client';

type CreateOptions = Parameters<typeof inngest.createFunction>[0];
type Handler = Parameters<typeof inngest.createFunction>[1];
type HandlerContext = Parameters<Handler>[0];

/** The input of a job's body: the event's validated data, and the engine's step tools. */
export interface JobContext<T> {
  data: T;
  step: JobSteps;
}

/** A background function that the engine runs. */
export type JobFunction = InngestFunction.Any;

/** A sweep that runs every minute; all of them share one background function. */
export interface MinuteSweep {
  sweepId: string;
  run: (context: { step: SweepSteps }) => Promise<unknown>;
}

/**
 * The step tools of a minute sweep; results are not memoized, because the next minute looks again.
 */
export interface SweepSteps {
  run<T>(id: string, work: () => Promise<T>): Promise<T>;
  sendEvent(id: string, events: readonly OutgoingEvent[]): Promise<void>;
}

/** Background work declared by a feature; listed in `server/jobs.ts`. */
export type Job = JobFunction | MinuteSweep;

/**
 * Declares a background function that runs on an event. The data contains IDs only, and the body
 * re-reads state, because an event may arrive twice, late, or when it is no longer relevant.
 */
export function job<T>(
  options: Omit<CreateOptions, 'triggers'> & { event: string; data: z.ZodType<T> },
  run: (context: JobContext<T>) => Promise<unknown>,
): JobFunction {
  const { event: name, data, ...rest } = options;
  registerJobBody(name, (given, step) => run({ data: data.parse(given), step }));
  return inngest.createFunction(
    { ...rest, triggers: [{ event: name }] } as CreateOptions,
    (async ({ event, step }: HandlerContext) => {
      // A test clock may have been stopped since the event was sent.
      const own = await divert([{ id: event.id ?? '', name, data: event.data, ts: event.ts }]);
      if (own.length === 0) return 'left to the test clock';
      return run({ data: data.parse(event.data), step: step as JobSteps });
    }) as Handler,
  );
}

/**
 * Declares what a test clock does at a time stored in rows, such as an assignment's deadline. In
 * real time there are no individual timers: `DueWork` handles all due rows.
 * @param options.isExact whether the process that created the event also runs it exactly when due,
 * instead of at the next whole second; must be idempotent with `DueWork`.
 */
export function timer<T>(
  { event, data, isExact = false }: { event: string; data: z.ZodType<T>; isExact?: boolean },
  run: (context: JobContext<T>) => Promise<unknown>,
): void {
  registerTimerBody(event, (given, step) => run({ data: data.parse(given), step }), { isExact });
}

/** Triggers every sweep. */
export const SWEEPS_EVENT = 'humanrail/sweeps.run';

const EACH_MINUTE = '* * * * *';

/** Declares a scheduled background function, such as a sweep, with a concurrency of one. */
export function sweep(
  options: { id: string; cron: typeof EACH_MINUTE },
  run: (context: { step: SweepSteps }) => Promise<unknown>,
): MinuteSweep;
export function sweep(
  options: { id: string; cron: string },
  run: (context: { step: HandlerContext['step'] }) => Promise<unknown>,
): JobFunction;
export function sweep(
  options: { id: string; cron: string },
  run: (context: { step: HandlerContext['step'] & SweepSteps }) => Promise<unknown>,
): Job {
  declareSweep(options);
  if (options.cron === EACH_MINUTE) return { sweepId: options.id, run: run as MinuteSweep['run'] };
  return scheduled(options, run as (context: { step: HandlerContext['step'] }) => Promise<unknown>);
}

function scheduled(
  options: { id: string; cron: string },
  run: (context: { step: HandlerContext['step'] }) => Promise<unknown>,
): JobFunction {
  return inngest.createFunction(
    {
      id: options.id,
      // The event is sent when the jobs are registered with the engine, to recover immediately what
      // was missed before.
      triggers: [{ cron: options.cron }, { event: SWEEPS_EVENT }],
      singleton: { mode: 'skip' },
      retries: 2,
    } as CreateOptions,
    (async ({ step, runId }: HandlerContext) => {
      await noteSweepStart(options.id, runId);
      const found = await run({ step: notingFailures(options.id, step) });
      await noteSweepEnd(options.id, runId, found);
      return found;
    }) as Handler,
  );
}

/** The steps of a sweep's run; failures are recorded at once, not only after all attempts. */
function notingFailures(sweepId: string, step: HandlerContext['step']): HandlerContext['step'] {
  const runStep = async (name: string, work: () => Promise<unknown>) =>
    step.run(name, async () => {
      try {
        return await work();
      } catch (error) {
        await noteSweepFailure(sweepId, error);
        throw error;
      }
    });
  return Object.assign(Object.create(step), { run: runStep });
}
