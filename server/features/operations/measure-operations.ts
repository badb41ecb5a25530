import { gauge, type Measured } from '@/server/platform/metrics';
import { attentionOf } from './attention';
import type { Severity, Waiting } from './attention-facts';
import { engineMetrics, sweepMetrics } from './measure-background';
import { measureFacts } from './measure-facts';
import { measureQueues } from './measure-queues';

/** The operators' overview as metrics for alerting; shared by all processes. */
export async function measureOperations(): Promise<Measured[]> {
  const [{ facts, sweeps }, queues] = await Promise.all([measureFacts(), measureQueues()]);
  const attention = attentionOf(facts);
  const things = (wanted: Severity) =>
    attention.filter(({ severity }) => severity === wanted).length;
  const live = (waiting: readonly Waiting[]) =>
    waiting.find(({ mode }) => mode === 'live')?.count ?? 0;
  return [
    gauge(
      'humanrail_attention_urgent',
      'Kinds of items that need a person now, as shown on /ops.',
      things('urgent'),
    ),
    gauge(
      'humanrail_attention_soon',
      'Kinds of items that will need a person soon.',
      things('soon'),
    ),
    gauge(
      'humanrail_payouts_failed',
      'Live payouts that failed permanently, counted up to 1001.',
      live(facts.failedPayouts),
    ),
    gauge(
      'humanrail_payouts_unknown',
      'Live payouts with an unknown outcome, counted up to 1001.',
      live(facts.unknownPayouts),
    ),
    gauge(
      'humanrail_payouts_stuck',
      'Live payouts that are stuck, counted up to 1001.',
      live(facts.stuckPayouts),
    ),
    gauge(
      'humanrail_rails_down',
      'Lightning rails in use that did not respond to the last check.',
      facts.rails.down.length,
    ),
    gauge(
      'humanrail_rails_low',
      'Lightning rails in use below their minimum balance.',
      facts.rails.low.length,
    ),
    gauge(
      'humanrail_rail_differences',
      'Payments and deposits on which a rail and our records differ, counted up to 100.',
      facts.reconciliation.differences.count,
    ),
    gauge(
      'humanrail_rail_balances_off',
      'Lightning rails whose balance differs from the ledger.',
      facts.reconciliation.balances.count,
    ),
    gauge(
      'humanrail_rails_not_reconciled',
      'Lightning rails that could not be fully reconciled for two days.',
      facts.reconciliation.failing.length,
    ),
    gauge(
      'humanrail_reviews_blocking',
      'Live tasks waiting for a review, counted up to 1001.',
      live(facts.blockingReviews),
    ),
    gauge(
      'humanrail_sweeps_late',
      'Sweeps that have not succeeded within their interval.',
      facts.sweeps.length,
    ),
    gauge(
      'humanrail_ledger_faults',
      'Faults found by the latest ledger check; 0 if the books add up.',
      facts.ledger?.faults ?? 0,
    ),
    gauge(
      'humanrail_ledger_checked_seconds',
      'When the ledger was last checked, in seconds since 1970; 0 before the first time.',
      Math.floor((facts.ledger?.checkedAt.getTime() ?? 0) / 1_000),
    ),
    gauge(
      'humanrail_callers_refused',
      'Callers rejected by a rate limit at least 100 times in the current and the previous hour.',
      facts.refusedCallers.count,
    ),
    ...engineMetrics(facts),
    ...sweepMetrics(sweeps),
    ...queues,
  ];
}
