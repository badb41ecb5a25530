export { chargeTask, releaseHold } from './close-hold';
export { creditOrganization } from './credit-organization';
export { deposit } from './deposit-funds';
export { CreditKeyReused, InsufficientFunds, OrganizationClosed } from './errors';
export {
  type CapReached,
  type HoldOutcome,
  holdSteps,
  holdsRelation,
  insufficientFunds,
  openCounters,
  type WantedHold,
} from './hold-for-tasks';
export { listCredits } from './list-credits';
export { statementOf } from './list-statement';
export { lockFunds } from './lock-funds';
export {
  areAccountsOpen,
  payoutReservation,
  payoutSettlement,
  railTestPosting,
  reserveSteps,
  returnPayout,
  settleSteps,
} from './move-payout';
export { refundReservation, refundSettlement, returnRefund } from './move-refund';
export { openAccounts } from './open-accounts';
export { payBackPay, payReVote } from './pay-answer';
export { type Posting, post, postAll, postTogether } from './post-entries';
export { getBalance, railFloatSats, workerBalance } from './queries';
export { faultsOf, reconcile } from './reconcile-ledger';
export { tellLowBalances } from './watch-balances';
