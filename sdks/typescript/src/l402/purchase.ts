/** A task that is paid for by Lightning, without an API key. */
export interface L402Purchase {
  object: 'l402_purchase';
  id: string;
  /** What its invoice is over: the most that the task can cost. */
  amountSats: number;
  /** What came in; null until it has. */
  receivedSats: number | null;
  /** Of its invoice, 64 hexadecimal digits. */
  paymentHash: string;
  /** Null until the task is created. */
  taskId: string | null;
  /** What the task has cost, the fee included; null until it is created. */
  chargedSats: number | null;
  refund: L402Refund;
  createdAt: string;
  /** When it came in; null until it has. */
  paidAt: string | null;
}

/** What was paid and not charged comes back. */
export interface L402Refund {
  status: L402RefundStatus;
  /** What comes back, or has; 0 while that is not known. */
  amountSats: number;
  /** An LNURL-withdraw, in capital letters, as QR codes want it; null unless `ready`. */
  lnurl: string | null;
}

/**
 * `waiting`: the task has not ended. `none`: nothing was left over. `ready`: any Lightning wallet
 * can claim it by `lnurl`. `sending`: it was claimed and is on its way. `paid`: it has arrived.
 */
export type L402RefundStatus = 'none' | 'waiting' | 'ready' | 'sending' | 'paid';
