/** What was paid for a task, what the task cost, and what became of the rest. */
export interface L402Purchase {
  id: string;
  object: 'l402_purchase';
  /** What the invoice asked for: the most that the task could cost. */
  amountSats: number;
  /** What came in. */
  receivedSats: number;
  paymentHash: string;
  /** Null where no task was created for it yet. */
  taskId: string | null;
  /** What the task cost; null until it has ended. */
  chargedSats: number | null;
  refund: L402Refund;
  createdAt: string;
  paidAt: string | null;
}

/** What a task did not cost comes back. */
export interface L402Refund {
  /**
   * `waiting` while the task has not ended, `none` where nothing is left over, `ready` to be claimed by
   * its `lnurl`; then `sending`, and `paid`.
   */
  status: 'none' | 'waiting' | 'ready' | 'sending' | 'paid';
  amountSats: number;
  /** An LNURL-withdraw, which any Lightning wallet can claim: a secret like the token. */
  lnurl: string | null;
}
