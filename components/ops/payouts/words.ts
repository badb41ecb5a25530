import type { PayoutAct, PayoutState } from '@/server/features/payouts/schema';

export const STATES: Record<PayoutState, string> = {
  stuck: 'Stuck',
  unknown: 'Outcome unknown',
  failed: 'Given up',
  pending: 'Waiting to be sent',
  sending: 'Being sent',
  held_back: 'Held back by an operator',
  held: 'Kept until withdrawn',
  paid: 'Paid',
  cancelled: 'Taken back',
};

export const TROUBLES = {
  stuck: 'Stuck: it should have been paid by now.',
  unknown: 'The rail has not said what became of it. Nothing is sent again until it has.',
  failed: 'The rail gave it up. The worker is still owed it.',
};

/** What the audit log calls an act, as people say it. */
export const ACTIONS: Record<string, string> = {
  'payout.looked_up': 'looked it up',
  'payout.outcome_entered': 'entered what became of it',
  'payout.held_back': 'held it back',
  'payout.released': 'released it',
  'payout.retried': 'retried it',
  'payout.cancelled': 'took it back',
  'payout.reduced': 'took a part of it back',
};

export const DONE: Record<PayoutAct, string> = {
  look_up: 'The rail was asked.',
  enter_outcome: 'It is recorded.',
  hold_back: 'It is held back.',
  release: 'It is released.',
  retry: 'It is tried again.',
};
