/** The known reference point of a rail's balance relative to the ledger. */
export interface Base {
  /** The balance plus everything sent since, when both last agreed; null before the first look. */
  baseSats: bigint | null;
  /** The tolerance of that value. */
  slackSats: bigint;
  /** Payments since then; each may be off by a fraction of a sat. */
  payments: number;
  driftSince: Date | null;
}

export interface Look {
  at: Date;
  balanceSats: bigint;
  /** Sent minus received according to the ledger. */
  floatSats: bigint;
  /** Amounts that may already have moved at the rail but not in the ledger, or the reverse. */
  openSats: bigint;
  /** Payments since the previous look. */
  payments: number;
}

export interface Judged extends Base {
  baseSats: bigint;
  driftSats: bigint;
  /** Whether it persisted from one look to the next. */
  isTold: boolean;
}

/**
 * Smaller differences are ignored: a node's own channel costs change its balance by about that
 * much.
 */
const FLOOR_SATS = 1_000n;
const FLOOR_SHARE = 1_000n;
/** By the next look, a payment just received is in the ledger. */
export const CONFIRMED_MS = 4 * 60_000;

/**
 * The drift of a rail's balance from its expected value: the reference balance minus everything
 * sent since. Reported if it exceeds what pending payments, fractions of sats and a node's own
 * costs explain, at two looks in a row.
 */
export function judgeBalance(known: Base, look: Look): Judged {
  const { balanceSats, floatSats, openSats } = look;
  const sum = balanceSats + floatSats;
  if (known.baseSats === null) {
    const none = { payments: 0, driftSats: 0n, driftSince: null, isTold: false };
    return { baseSats: sum, slackSats: openSats, ...none };
  }
  const payments = known.payments + look.payments;
  const driftSats = sum - known.baseSats;
  const explained = BigInt(payments) + known.slackSats;
  const floor = max(FLOOR_SATS, balanceSats / FLOOR_SHARE);
  const drifts = abs(driftSats) > explained + openSats + floor;
  const driftSince = drifts ? (known.driftSince ?? look.at) : null;
  const isTold = driftSince !== null && +look.at - +driftSince >= CONFIRMED_MS;
  // Every quiet look resets the tolerance for fractions of sats, so that it cannot grow to hide a
  // difference.
  if (abs(driftSats) <= explained && openSats <= known.slackSats) {
    return { baseSats: sum, slackSats: openSats, payments: 0, driftSats: 0n, driftSince, isTold };
  }
  const { baseSats, slackSats } = known;
  return { baseSats, slackSats, payments, driftSats, driftSince, isTold };
}

const abs = (value: bigint) => (value < 0n ? -value : value);
const max = (a: bigint, b: bigint) => (a > b ? a : b);
