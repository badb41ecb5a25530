import type { Metric } from '@/server/platform/metrics';
import { attentionOf } from './attention';
import type { Severity, Waiting } from './attention-facts';
import { measureFacts } from './measure-facts';

/** What the operators' first page says, as figures that alarms can go by; of all processes. */
export async function measureOperations(): Promise<Metric[]> {
  const { facts } = await measureFacts();
  const attention = attentionOf(facts);
  const things = (wanted: Severity) =>
    attention.filter(({ severity }) => severity === wanted).length;
  const live = (waiting: readonly Waiting[]) =>
    waiting.find(({ mode }) => mode === 'live')?.count ?? 0;
  return [
    {
      name: 'humanrail_attention_urgent',
      help: 'Kinds of things that need a person now, as /ops shows them.',
      value: things('urgent'),
    },
    {
      name: 'humanrail_attention_soon',
      help: 'Kinds of things that will need a person soon.',
      value: things('soon'),
    },
    {
      name: 'humanrail_payouts_failed',
      help: 'Payouts of live mode that their rail gave up, counted up to 1001.',
      value: live(facts.failedPayouts),
    },
    {
      name: 'humanrail_payouts_unknown',
      help: 'Payouts of live mode whose outcome is not known, counted up to 1001.',
      value: live(facts.unknownPayouts),
    },
    {
      name: 'humanrail_payouts_stuck',
      help: 'Payouts of live mode that do not get on, counted up to 1001.',
      value: live(facts.stuckPayouts),
    },
    {
      name: 'humanrail_rails_down',
      help: 'Lightning rails in use that gave no answer when they were asked last.',
      value: facts.rails.down.length,
    },
    {
      name: 'humanrail_rails_low',
      help: 'Lightning rails in use that hold less than operators want them to hold.',
      value: facts.rails.low.length,
    },
    {
      name: 'humanrail_rail_differences',
      help: 'Payments and deposits of which a rail says otherwise than it is recorded, counted up to 100.',
      value: facts.reconciliation.differences.count,
    },
    {
      name: 'humanrail_rail_balances_off',
      help: 'Lightning rails that hold more or less than the ledger says.',
      value: facts.reconciliation.balances.count,
    },
    {
      name: 'humanrail_rails_not_reconciled',
      help: 'Lightning rails that could not be compared whole for two days.',
      value: facts.reconciliation.failing.length,
    },
    {
      name: 'humanrail_reviews_blocking',
      help: 'Tasks of live mode that wait for a review, counted up to 1001.',
      value: live(facts.blockingReviews),
    },
    {
      name: 'humanrail_sweeps_late',
      help: 'Sweeps that have not ended well within their time.',
      value: facts.sweeps.length,
    },
    {
      name: 'humanrail_ledger_faults',
      help: 'Faults that the latest check of the ledger found; 0 where it adds up.',
      value: facts.ledger?.faults ?? 0,
    },
    {
      name: 'humanrail_ledger_checked_seconds',
      help: 'When the ledger was checked last, in seconds since 1970; 0 before the first time.',
      value: Math.floor((facts.ledger?.checkedAt.getTime() ?? 0) / 1_000),
    },
    {
      name: 'humanrail_callers_refused',
      help: 'Callers that a rate limit refused 100 times or more within this hour and the one before.',
      value: facts.refusedCallers.count,
    },
  ];
}
