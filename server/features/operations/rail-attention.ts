import type { Facts, Item } from './attention-facts';
import { plural } from './attention-words';

const RAILS = '/ops/payouts/rails';
const COMPARED = `${RAILS}#compared`;

/** Rails in use that do not respond, or have a low balance. */
function healthItems({ rails: { down, low, enabled } }: Facts): Item[] {
  const items: Item[] = [];
  const [first] = down;
  if (first) {
    const [oldest = first.since] = down.map(({ since }) => since).toSorted((a, b) => +a - +b);
    items.push({
      id: 'rails-down',
      mode: 'live',
      severity: down.length === enabled ? 'urgent' : 'soon',
      title: plural(down.length, 'A rail is not responding', 'Rails are not responding'),
      advice:
        down.length === enabled
          ? `No Lightning payouts are sent. ${first.name}: ${first.error}`
          : `Payouts use the other rails. ${first.name}: ${first.error}`,
      count: down.length,
      since: oldest,
      href: RAILS,
    });
  }
  if (low.length > 0) {
    const held = low.map(({ name, balanceSats }) => `${name} holds ${sats(balanceSats)}`);
    items.push({
      id: 'rails-low',
      mode: 'live',
      severity: 'soon',
      title: plural(low.length, 'A rail has a low balance', 'Rails have a low balance'),
      advice: `${held.join(', ')}. Move sats there before payouts fail.`,
      count: low.length,
      since: null,
      href: RAILS,
    });
  }
  return items;
}

const sats = (amount: number) => `${amount.toLocaleString('en-US')} sats`;

/** Rail tests and refunds with an unknown outcome. */
function directItems({ directPayments: { count, oldest } }: Facts): Item[] {
  return [
    {
      id: 'direct-payments',
      mode: 'live',
      severity: 'urgent',
      title: plural(
        count,
        'A refund or test payment has an unknown outcome',
        'Refunds or test payments have an unknown outcome',
      ),
      advice:
        'Their rail is queried every minute. Look the payment up at the rail, or fix the rail.',
      count,
      since: oldest,
      href: RAILS,
    },
  ];
}

/** Differences between rails and our records. */
function comparedItems({ reconciliation: { differences, balances, failing } }: Facts): Item[] {
  const [first] = failing;
  return [
    {
      id: 'rail-differences',
      mode: 'live',
      severity: 'urgent',
      title: plural(
        differences.count,
        'A rail’s record of a payment differs from ours',
        'Rails’ records of payments differ from ours',
      ),
      advice: `${differences.first} Compare both records, and resolve it.`,
      count: differences.count,
      since: differences.oldest,
      href: COMPARED,
    },
    {
      id: 'rail-balances',
      mode: 'live',
      severity: balances.isLess ? 'soon' : 'waits',
      title: plural(
        balances.count,
        'A rail’s balance differs from the ledger',
        'Rails’ balances differ from the ledger',
      ),
      advice: `${balances.first} If sats were moved at the rail, record it.`,
      count: balances.count,
      since: balances.oldest,
      href: COMPARED,
    },
    {
      id: 'rails-not-compared',
      mode: 'live',
      severity: 'soon',
      title: plural(
        failing.length,
        'A rail could not be reconciled for days',
        'Rails could not be reconciled for days',
      ),
      advice: `Payments older than a week are no longer reconciled. ${first?.rail}: ${first?.error}`,
      count: failing.length,
      since: first?.since ?? null,
      href: COMPARED,
    },
  ];
}

/** Lightning rail problems that need attention. */
export function railItems(facts: Facts): Item[] {
  return [...healthItems(facts), ...directItems(facts), ...comparedItems(facts)];
}
