/** What is known of what a rail holds, beside what the ledger says of it. */
export interface Base {
  /** What it held, plus what had gone out by it, when both agreed; null before the first look. */
  baseSats: bigint | null;
  /** How far that may be off. */
  slackSats: bigint;
  /** Payments since then; each may be off by a part of a sat. */
  payments: number;
  driftSince: Date | null;
}

export interface Look {
  at: Date;
  balanceSats: bigint;
  /** What has gone out by it, less what came in, as the ledger says. */
  floatSats: bigint;
  /** What may have moved at the rail and not yet in the ledger, or the reverse. */
  openSats: bigint;
  /** Payments since the look before. */
  payments: number;
}

export interface Judged extends Base {
  baseSats: bigint;
  driftSats: bigint;
  /** It has stayed so from one look to the next. */
  isTold: boolean;
}

/** Nobody is told of less: a node's own costs of a channel move its balance by about that. */
const FLOOR_SATS = 1_000n;
const FLOOR_SHARE = 1_000n;
/** What came in a moment ago is in the ledger by the look after that. */
export const CONFIRMED_MS = 4 * 60_000;

/**
 * What a rail holds above what it should: what it held when both agreed, less what has gone out since. It is told of
 * where it is more than payments under way, parts of sats and a node's own costs explain, at two looks in a row.
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
  // Parts of sats are forgotten with every quiet look, so that many of them hide nothing.
  if (abs(driftSats) <= explained && openSats <= known.slackSats) {
    return { baseSats: sum, slackSats: openSats, payments: 0, driftSats: 0n, driftSince, isTold };
  }
  const { baseSats, slackSats } = known;
  return { baseSats, slackSats, payments, driftSats, driftSince, isTold };
}

const abs = (value: bigint) => (value < 0n ? -value : value);
const max = (a: bigint, b: bigint) => (a > b ? a : b);
