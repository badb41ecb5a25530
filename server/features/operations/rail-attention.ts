import type { Facts, Item } from './attention-facts';
import { plural } from './attention-words';

const RAILS = '/ops/payouts/rails';
const COMPARED = `${RAILS}#compared`;

/** Rails in use that do not answer, or run low. */
function healthItems({ rails: { down, low, enabled } }: Facts): Item[] {
  const items: Item[] = [];
  const [first] = down;
  if (first) {
    const [oldest = first.since] = down.map(({ since }) => since).toSorted((a, b) => +a - +b);
    items.push({
      id: 'rails-down',
      mode: 'live',
      severity: down.length === enabled ? 'urgent' : 'soon',
      title: plural(down.length, 'A rail does not answer', 'Rails do not answer'),
      advice:
        down.length === enabled
          ? `No payout leaves over Lightning. ${first.name}: ${first.error}`
          : `Payouts leave by the others. ${first.name}: ${first.error}`,
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
      title: plural(low.length, 'A rail runs low', 'Rails run low'),
      advice: `${held.join(', ')}. Move sats there before payouts fail.`,
      count: low.length,
      since: null,
      href: RAILS,
    });
  }
  return items;
}

const sats = (amount: number) => `${amount.toLocaleString('en-US')} sats`;

/** Tests and refunds of which no rail says what became of them. */
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
      advice: 'Their rail is asked every minute. Look the payment up at the rail, or mend it.',
      count,
      since: oldest,
      href: RAILS,
    },
  ];
}

/** What rails say otherwise than it is recorded. */
function comparedItems({ reconciliation: { differences, balances, failing } }: Facts): Item[] {
  const [first] = failing;
  return [
    {
      id: 'rail-differences',
      mode: 'live',
      severity: 'urgent',
      title: plural(
        differences.count,
        'A rail contradicts what is recorded of a payment',
        'Rails contradict what is recorded of payments',
      ),
      advice: `${differences.first} See what each says, and settle it.`,
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
        'A rail does not hold what it should',
        'Rails do not hold what they should',
      ),
      advice: `${balances.first} If sats were moved at the rail, say so.`,
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
        'A rail could not be compared for days',
        'Rails could not be compared for days',
      ),
      advice: `Payments older than a week are not compared any more. ${first?.rail}: ${first?.error}`,
      count: failing.length,
      since: first?.since ?? null,
      href: COMPARED,
    },
  ];
}

/** What of Lightning rails needs a person. */
export function railItems(facts: Facts): Item[] {
  return [...healthItems(facts), ...directItems(facts), ...comparedItems(facts)];
}
