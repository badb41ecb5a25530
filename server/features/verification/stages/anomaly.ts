/**
 * Stage 3: behaviour that honest work seldom shows. One signal never rejects; two strong ones of
 * different families, which share no honest cause, do.
 */
import { SIGNALS } from '../anomaly/index';
import { doubt, isCovered } from '../doubt';
import type { Stage, StageContext } from '../stage';

function readSignals(ctx: StageContext) {
  return SIGNALS.map((signal) => ({ signal, ...signal.read(ctx) })).filter(
    (reading) => reading.level !== 'none',
  );
}

export const anomalyStage: Stage = {
  name: 'anomaly',
  applies: () => true,
  run(ctx) {
    const raised = readSignals(ctx);
    if (raised.length === 0) return { stage: 'anomaly', verdict: 'pass', score: 1 };
    const strong = raised.filter((reading) => reading.level === 'strong');
    const families = new Set(strong.map((reading) => reading.signal.family));
    const message = raised.map((reading) => reading.signal.message).join(' ');
    const details = {
      signals: raised.map(({ signal, level, statistic, workers, answers }) => ({
        id: signal.id,
        family: signal.family,
        level,
        statistic,
        ...(workers ? { workers: [...workers] } : {}),
        ...(answers === undefined ? {} : { answers }),
      })),
    };
    if (families.size >= 2) {
      const reason = { code: 'anomalous_behaviour', message };
      return { stage: 'anomaly', verdict: 'reject', score: 0, reason, details };
    }
    const reason = { code: 'unusual_behaviour', message };
    const score = strong.length > 0 ? 0.25 : 0.5;
    if (raised.every(({ signal }) => signal.isOfAccuracy) && isCovered(ctx)) {
      return { stage: 'anomaly', verdict: 'pass', score, details: { ...details, covered: true } };
    }
    return doubt(ctx, 'anomaly', { score, reason, details });
  },
};
