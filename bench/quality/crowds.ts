/** Simulated crowds through the real stages: who is found out, and who is wronged. */
import { ofKind, simulateCrowd } from '@/server/features/verification/fixtures/simulated-crowd';
import { KINDS, type Kind } from '@/server/features/verification/fixtures/simulated-workers';
import { betaQuantile } from '@/server/features/verification/special-functions';
import { atMost, type QualityFigure, shown } from './figure';

const ANSWERS = 120;
const COUNT: Record<Kind, number> = {
  // So many that none of them bounds the share below .5 %.
  honest: 750,
  sloppy: 30,
  spammer: 30,
  colluding: 30,
  drifting: 30,
};
/** Honest people turned away or paused at most, in per cent. */
const WRONGED_MAX = 0.5;

const TITLES: Record<Kind, string> = {
  honest: 'honest (.85 to .97)',
  sloppy: 'sloppy (.55 to .7, hurried)',
  spammer: 'spammer (any label, at once)',
  colluding: 'colluding (rings of three, one answer)',
  drifting: 'drifting (honest for 60 answers, then any label)',
};

/** The exact 95 % interval of a share (Clopper–Pearson), in per cent. */
function intervalText(hits: number, count: number): string {
  const low = hits === 0 ? 0 : betaQuantile(0.025, hits, count - hits + 1);
  const high = hits === count ? 1 : betaQuantile(0.975, hits + 1, count - hits);
  return `95 %: ${(100 * low).toFixed(2)} to ${(100 * high).toFixed(2)}`;
}

export function measureCrowds(): QualityFigure[] {
  const { workers, verified, right } = simulateCrowd(COUNT, ANSWERS, 1);
  const table = `Simulated crowds through the stages: ${workers.length} workers, up to ${ANSWERS} answers each, in per cent`;
  const share = (kind: Kind, name: string, hits: number, count: number): QualityFigure => {
    const measured = (100 * hits) / Math.max(1, count);
    const note = `${hits} of ${count}; ${intervalText(hits, count)}`;
    const title = `${TITLES[kind]}: ${name}`;
    return kind === 'honest' && name !== 'answers doubted by anomaly'
      ? atMost(table, title, measured, WRONGED_MAX, note)
      : { ...shown(table, title, measured), note };
  };
  const figures = KINDS.flatMap((kind) => {
    const own = ofKind(workers, kind);
    const sum = (read: (worker: (typeof own)[number]) => number) =>
      own.reduce((total, worker) => total + read(worker), 0);
    const answers = sum((worker) => worker.answers);
    const paused = own.filter(({ pausedAfter }) => pausedAfter !== null);
    const after = paused.map(({ pausedAfter }) => pausedAfter ?? 0).sort((a, b) => a - b);
    const middle = after[Math.floor(after.length / 2)];
    return [
      share(
        kind,
        'answers rejected',
        sum((worker) => worker.rejected),
        answers,
      ),
      share(
        kind,
        'answers doubted by anomaly',
        sum((worker) => worker.doubted),
        answers,
      ),
      share(kind, 'workers paused', paused.length, own.length),
      ...(middle === undefined
        ? []
        : [shown(table, `${TITLES[kind]}: golds until then, in the middle`, middle)]),
    ];
  });
  return [...figures, shown(table, 'outputs right', (100 * right) / Math.max(1, verified))];
}
