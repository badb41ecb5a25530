import type { Measured } from '@/server/platform/metrics';
import type { Facts } from './attention-facts';
import type { Sweep } from './list-sweeps';

const MS_PER_SECOND = 1_000;
const COUNTED = ['ready', 'executing', 'waitingForCapacity', 'scheduled', 'failed'] as const;

/** What the engine tells of its runs; no sample from an engine that does not tell. */
export function engineMetrics({ engineWork, now }: Facts): Measured[] {
  const functions = engineWork?.functions ?? [];
  const due = functions.flatMap(({ oldestDueMs }) => oldestDueMs ?? []);
  const late = due.length > 0 ? Math.max(0, now.getTime() - Math.min(...due)) : 0;
  const total = (of: (typeof COUNTED)[number]) =>
    functions.reduce((sum, each) => sum + each[of], 0);
  return [
    {
      name: 'humanrail_engine_runs',
      help: 'Runs of the engine by state; failed are those of the last day that were not started again.',
      labels: ['state'],
      samples: engineWork
        ? COUNTED.map((each) => ({ labels: { state: stateOf(each) }, value: total(each) }))
        : [],
    },
    {
      name: 'humanrail_engine_oldest_due_seconds',
      help: 'How long the run that is due longest waits to be begun.',
      samples: engineWork ? [{ value: late / MS_PER_SECOND }] : [],
    },
  ];
}

const stateOf = (counted: (typeof COUNTED)[number]) =>
  counted === 'waitingForCapacity' ? 'waiting' : counted;

/** When each sweep ended well last, how long it took, and how often it has failed since. */
export function sweepMetrics(sweeps: readonly Sweep[]): Measured[] {
  const ended = sweeps.filter((sweep) => sweep.endedAt !== null);
  const samples = (some: readonly Sweep[], of: (sweep: Sweep) => number) =>
    some.map((sweep) => ({ labels: { sweep: sweep.id }, value: of(sweep) }));
  return [
    {
      name: 'humanrail_sweep_ended_seconds',
      help: 'When a sweep ended well last, in seconds since 1970; none before the first time.',
      labels: ['sweep'],
      samples: samples(ended, ({ endedAt }) => Math.floor(Number(endedAt) / MS_PER_SECOND)),
    },
    {
      name: 'humanrail_sweep_duration_seconds',
      help: 'How long that run of a sweep took.',
      labels: ['sweep'],
      samples: samples(ended, ({ tookMs }) => (tookMs ?? 0) / MS_PER_SECOND),
    },
    {
      name: 'humanrail_sweep_failures',
      help: 'Tries of a sweep that failed since one ended well.',
      labels: ['sweep'],
      samples: samples(sweeps, ({ failures }) => failures),
    },
  ];
}
