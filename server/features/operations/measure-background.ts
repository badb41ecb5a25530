import type { Measured } from '@/server/platform/metrics';
import type { Facts } from './attention-facts';
import type { Sweep } from './list-sweeps';

const MS_PER_SECOND = 1_000;
const COUNTED = ['ready', 'executing', 'waitingForCapacity', 'scheduled', 'failed'] as const;

/** The engine's run counts; no sample if the engine does not report them. */
export function engineMetrics({ engineWork, now }: Facts): Measured[] {
  const functions = engineWork?.functions ?? [];
  const due = functions.flatMap(({ oldestDueMs }) => oldestDueMs ?? []);
  const late = due.length > 0 ? Math.max(0, now.getTime() - Math.min(...due)) : 0;
  const total = (of: (typeof COUNTED)[number]) =>
    functions.reduce((sum, each) => sum + each[of], 0);
  return [
    {
      name: 'humanrail_engine_runs',
      help: 'Runs of the engine by state; failed counts the last day’s runs that were not restarted.',
      labels: ['state'],
      samples: engineWork
        ? COUNTED.map((each) => ({ labels: { state: stateOf(each) }, value: total(each) }))
        : [],
    },
    {
      name: 'humanrail_engine_oldest_due_seconds',
      help: 'How long the oldest due run has been waiting to start.',
      samples: engineWork ? [{ value: late / MS_PER_SECOND }] : [],
    },
  ];
}

const stateOf = (counted: (typeof COUNTED)[number]) =>
  counted === 'waitingForCapacity' ? 'waiting' : counted;

/** Each sweep's last success, its duration, and failures since. */
export function sweepMetrics(sweeps: readonly Sweep[]): Measured[] {
  const ended = sweeps.filter((sweep) => sweep.endedAt !== null);
  const samples = (some: readonly Sweep[], of: (sweep: Sweep) => number) =>
    some.map((sweep) => ({ labels: { sweep: sweep.id }, value: of(sweep) }));
  return [
    {
      name: 'humanrail_sweep_ended_seconds',
      help: 'When a sweep last succeeded, in seconds since 1970; no sample before the first time.',
      labels: ['sweep'],
      samples: samples(ended, ({ endedAt }) => Math.floor(Number(endedAt) / MS_PER_SECOND)),
    },
    {
      name: 'humanrail_sweep_duration_seconds',
      help: 'How long that run took.',
      labels: ['sweep'],
      samples: samples(ended, ({ tookMs }) => (tookMs ?? 0) / MS_PER_SECOND),
    },
    {
      name: 'humanrail_sweep_failures',
      help: 'Failed attempts of a sweep since its last success.',
      labels: ['sweep'],
      samples: samples(sweeps, ({ failures }) => failures),
    },
  ];
}
