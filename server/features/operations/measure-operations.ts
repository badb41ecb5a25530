import { gauge, type Measured } from '@/server/platform/metrics';
import { attentionOf } from './attention';
import type { Severity, Waiting } from './attention-facts';
import { engineMetrics, sweepMetrics } from './measure-background';
import { measureFacts } from './measure-facts';
import { measureQueues } from './measure-queues';

/** What the operators' first page says, as figures that alarms can go by; of all processes. */
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
      'Kinds of things that need a person now, as /ops shows them.',
      things('urgent'),
    ),
    gauge(
      'humanrail_attention_soon',
      'Kinds of things that will need a person soon.',
      things('soon'),
    ),
    gauge(
      'humanrail_payouts_failed',
      'Payouts of live mode that their rail gave up, counted up to 1001.',
      live(facts.failedPayouts),
    ),
    gauge(
      'humanrail_payouts_unknown',
      'Payouts of live mode whose outcome is not known, counted up to 1001.',
      live(facts.unknownPayouts),
    ),
    gauge(
      'humanrail_payouts_stuck',
      'Payouts of live mode that do not get on, counted up to 1001.',
      live(facts.stuckPayouts),
    ),
    gauge(
      'humanrail_rails_down',
      'Lightning rails in use that gave no answer when they were asked last.',
      facts.rails.down.length,
    ),
    gauge(
      'humanrail_rails_low',
      'Lightning rails in use that hold less than operators want them to hold.',
      facts.rails.low.length,
    ),
    gauge(
      'humanrail_rail_differences',
      'Payments and deposits of which a rail says otherwise than it is recorded, counted up to 100.',
      facts.reconciliation.differences.count,
    ),
    gauge(
      'humanrail_rail_balances_off',
      'Lightning rails that hold more or less than the ledger says.',
      facts.reconciliation.balances.count,
    ),
    gauge(
      'humanrail_rails_not_reconciled',
      'Lightning rails that could not be compared whole for two days.',
      facts.reconciliation.failing.length,
    ),
    gauge(
      'humanrail_reviews_blocking',
      'Tasks of live mode that wait for a review, counted up to 1001.',
      live(facts.blockingReviews),
    ),
    gauge(
      'humanrail_sweeps_late',
      'Sweeps that have not ended well within their time.',
      facts.sweeps.length,
    ),
    gauge(
      'humanrail_ledger_faults',
      'Faults that the latest check of the ledger found; 0 where it adds up.',
      facts.ledger?.faults ?? 0,
    ),
    gauge(
      'humanrail_ledger_checked_seconds',
      'When the ledger was checked last, in seconds since 1970; 0 before the first time.',
      Math.floor((facts.ledger?.checkedAt.getTime() ?? 0) / 1_000),
    ),
    gauge(
      'humanrail_callers_refused',
      'Callers that a rate limit refused 100 times or more within this hour and the one before.',
      facts.refusedCallers.count,
    ),
    ...engineMetrics(facts),
    ...sweepMetrics(sweeps),
    ...queues,
  ];
}
