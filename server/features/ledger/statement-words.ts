/** Descriptions of postings for their owners. */

const FOR_ORGANIZATIONS: Record<string, string> = {
  deposit: 'Deposit',
  credit: 'Credited by the operator',
  credit_reversal: 'Credit taken back',
  adjustment: 'Adjusted by the operator',
  adjustment_reversal: 'Adjustment taken back',
  hold: 'Held for a task',
  charge: 'Paid for a task',
  release: 'Hold given back',
  back_pay: 'Paid for a gold answer that won its appeal',
  refund_reserve: 'Refund begun',
  refund_settle: 'Rest of a refund',
  refund_return: 'Refund came back',
};

const FOR_WORKERS: Record<string, string> = {
  charge: 'Answer accepted',
  re_vote: 'Answer accepted',
  back_pay: 'Appeal won',
  payout_reserve: 'Payout begun',
  payout_settle: 'Payout arrived',
  payout_return: 'Payout came back',
  adjustment: 'Adjusted by the operator',
  adjustment_reversal: 'Adjustment taken back',
};

/** Credits that are not payments. */
const DEPOSITS: Record<string, string> = {
  welcome: 'First play sats',
  play: 'Play sats added',
  demo: 'Sats of the demo',
};

interface Named {
  kind: string;
  reference: string;
}

const plain = (kind: string) => kind.charAt(0).toUpperCase() + kind.slice(1).replaceAll('_', ' ');

/** Such as `Paid for a task`. */
export function organizationWords({ kind, reference }: Named): string {
  const [noun = '', origin = ''] = reference.split(':');
  if (kind === 'deposit') return DEPOSITS[origin] ?? 'Deposit';
  const words = FOR_ORGANIZATIONS[kind] ?? plain(kind);
  return noun === 'gold' ? words.replace('a task', 'a gold') : words;
}

/** Such as `Answer accepted`. */
export function workerWords({ kind }: Named): string {
  return FOR_WORKERS[kind] ?? plain(kind);
}
