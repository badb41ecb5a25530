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

/** What a job's body is given: the event's checked data, and the engine's step tools. */
export interface JobContext<T> {
  data: T;
  step: JobSteps;
}

/** A background function that the engine runs. */
export type JobFunction = InngestFunction.Any;

/** A sweep of each minute; all of them share one background function. */
export interface MinuteSweep {
  sweepId: string;
  run: (context: { step: SweepSteps }) => Promise<unknown>;
}

/** What a sweep of each minute is given; nothing is kept of a step, since the next minute looks again. */
export interface SweepSteps {
  run<T>(id: string, work: () => Promise<T>): Promise<T>;
  sendEvent(id: string, events: readonly OutgoingEvent[]): Promise<void>;
}

/** Background work as features declare it; `server/jobs.ts` lists it. */
export type Job = JobFunction | MinuteSweep;

/**
 * Declares a background function that runs on an event. The event's data holds ids only, and the
 * body reads the world again: an event may come twice, late, or after the matter is settled.
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
 * Declares what a test clock does at an instant that rows set, such as the end of an assignment. By the wall clock
 * nothing waits for each of them: `DueWork` does the same for all rows that are due.
 * @param options.isExact not to wait for the next whole second: the process that made the event runs it when it is due,
 * which must do no harm beside `DueWork`.
 */
export function timer<T>(
  { event, data, isExact = false }: { event: string; data: z.ZodType<T>; isExact?: boolean },
  run: (context: JobContext<T>) => Promise<unknown>,
): void {
  registerTimerBody(event, (given, step) => run({ data: data.parse(given), step }), { isExact });
}

/** Runs every sweep. */
export const SWEEPS_EVENT = 'humanrail/sweeps.run';

const EACH_MINUTE = '* * * * *';

/** Declares a background function that runs on a schedule, such as a sweep; one at a time. */
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
      // The event is for the moment at which the engine is told of the jobs: what it missed before
      // is looked for at once.
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

/** The steps of a sweep's run; that one failed is written down at once, not when all tries have. */
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
