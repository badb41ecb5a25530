/** Simulated crowds through the real stages: who is detected, how soon, and how many are wronged. */
import {
  type CrowdResult,
  simulateCrowd,
} from '@/server/features/verification/fixtures/simulated-crowd';
import { ofKind, type WorkerResult } from '@/server/features/verification/fixtures/simulated-state';
import {
  DRIFTS_AFTER,
  KINDS,
  type Kind,
} from '@/server/features/verification/fixtures/simulated-workers';
import { betaQuantile } from '@/server/features/verification/special-functions';
import { atLeast, atMost, type QualityFigure, shown } from './figure';

const ANSWERS = 160;
/** One crowd per seed. */
const SEEDS = [1, 2, 3, 4];
const COUNT: Record<Kind, number> = {
  // Enough over all crowds to resolve a share below 0.5%.
  honest: 188,
  sloppy: 8,
  spammer: 8,
  constant: 8,
  colluding: 9,
  copying: 9,
  drifting: 8,
};

const TITLES: Record<Kind, string> = {
  honest: 'honest (.85 to .97)',
  sloppy: 'sloppy (.55 to .7, hurried)',
  spammer: 'spammer (any label, at once)',
  constant: 'constant (always the most frequent label, at an honest pace)',
  colluding: 'colluding (rings of three, one answer, any label)',
  copying: 'copying (rings of three, one answer, .65, at an honest pace)',
  drifting: `drifting (honest for ${DRIFTS_AFTER} answers, then any label)`,
};

/** Bounds in percent: maxima for honest workers, minima for others. */
const AT_MOST = { rejected: 0.5, doubted: 2, paused: 0.5, accuracy: 1, repeats: 1 };
const AT_LEAST: Partial<Record<Kind, Partial<Record<'doubted' | 'paused' | 'found', number>>>> = {
  sloppy: { found: 60 },
  spammer: { doubted: 90, paused: 90, found: 95 },
  constant: { found: 95 },
  colluding: { found: 80 },
  drifting: { found: 80 },
};

/** The exact 95% interval of a share (Clopper–Pearson), in percent. */
function intervalText(hits: number, count: number): string {
  const low = hits === 0 ? 0 : betaQuantile(0.025, hits, count - hits + 1);
  const high = hits === count ? 1 : betaQuantile(0.975, hits + 1, count - hits);
  return `95 %: ${(100 * low).toFixed(2)} to ${(100 * high).toFixed(2)}`;
}

/** Answers before golds became more frequent, or a signal about the worker fired; null if neither happened. */
function foundAfter({ kind, retestedAfter, signals }: WorkerResult): number | null {
  const found = [retestedAfter, signals.low_accuracy, signals.repeated_answers];
  const from = kind === 'drifting' ? DRIFTS_AFTER : 0;
  const times = found.flatMap((n) => (n === null || n === undefined || n < from ? [] : [n - from]));
  return times.length === 0 ? null : Math.min(...times);
}

const middleOf = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

export function measureCrowds(): QualityFigure[] {
  return figuresOfCrowds(SEEDS.map((seed) => simulateCrowd(COUNT, ANSWERS, seed)));
}

function figuresOfCrowds(crowds: readonly CrowdResult[]): QualityFigure[] {
  const workers = crowds.flatMap((crowd) => crowd.workers);
  const sum = (key: 'verified' | 'right') => crowds.reduce((total, crowd) => total + crowd[key], 0);
  const table = `Simulated crowds through the stages: ${workers.length} workers, up to ${ANSWERS} answers each, seeds ${SEEDS.join(', ')}, in per cent`;
  const figures = KINDS.flatMap((kind) => figuresOf(table, kind, ofKind(workers, kind)));
  return [...figures, shown(table, 'outputs right', (100 * sum('right')) / sum('verified'))];
}

function figuresOf(table: string, kind: Kind, own: readonly WorkerResult[]): QualityFigure[] {
  const sum = (read: (worker: WorkerResult) => number) =>
    own.reduce((total, worker) => total + read(worker), 0);
  const spoke = (signal: string) =>
    own.filter(({ signals }) => signals[signal] !== undefined).length;
  const answers = sum((worker) => worker.answers);
  const paused = own.flatMap(({ pausedAfter }) => pausedAfter ?? []);
  const found = own.flatMap((worker) => foundAfter(worker) ?? []);
  const share = (
    name: string,
    hits: number,
    count: number,
    [most, least]: [most?: number, least?: number],
  ): QualityFigure => {
    const measured = (100 * hits) / Math.max(1, count);
    const note = `${hits} of ${count}; ${intervalText(hits, count)}`;
    const title = `${TITLES[kind]}: ${name}`;
    if (kind === 'honest' && most !== undefined) return atMost(table, title, measured, most, note);
    if (least !== undefined) return atLeast(table, title, measured, least, { note });
    return { ...shown(table, title, measured), note };
  };
  const wanted = AT_LEAST[kind] ?? {};
  const middle = (name: string, values: readonly number[]) => {
    const value = middleOf(values);
    return value === undefined ? [] : [shown(table, `${TITLES[kind]}: ${name}`, value)];
  };
  const rejected = sum((worker) => worker.rejected);
  const doubted = sum((worker) => worker.doubted);
  return [
    share('answers rejected', rejected, answers, [AT_MOST.rejected]),
    share('answers doubted by anomaly', doubted, answers, [AT_MOST.doubted, wanted.doubted]),
    share('workers found inaccurate', spoke('low_accuracy'), own.length, [AT_MOST.accuracy]),
    share('workers found to repeat another', spoke('repeated_answers'), own.length, [
      AT_MOST.repeats,
    ]),
    share('workers found, or tested more often', found.length, own.length, [
      undefined,
      wanted.found,
    ]),
    ...middle('answers until then, in the middle', found),
    share('workers paused', paused.length, own.length, [AT_MOST.paused, wanted.paused]),
    ...middle('golds until then, in the middle', paused),
  ];
}
