import type { Facts, Item } from './attention-facts';
import { plural, weighed } from './attention-words';
import { railItems } from './rail-attention';

function payoutItems(facts: Facts): Item[] {
  const of = (
    state: 'failed' | 'unknown' | 'stuck',
    words: { one: string; many: string; advice: string },
  ) =>
    facts[`${state}Payouts`].map(
      ({ mode, count, oldest }): Item => ({
        id: `payouts-${state}`,
        mode,
        severity: weighed('urgent', mode),
        title: plural(count, words.one, words.many),
        advice: words.advice,
        count,
        since: oldest,
        href: `/ops/payouts?state=${state}&mode=${mode}`,
      }),
    );
  const { count, rails } = facts.withoutRail;
  return [
    ...of('unknown', {
      one: 'It is not known whether a payout arrived',
      many: 'It is not known whether payouts arrived',
      advice: 'Nothing is sent twice. Look them up again, or ask the rail.',
    }),
    ...of('stuck', {
      one: 'A payout does not get on',
      many: 'Payouts do not get on',
      advice: 'See what the rail said at each try.',
    }),
    ...of('failed', {
      one: 'A payout was given up',
      many: 'Payouts were given up',
      advice: 'The worker is still owed it. See why, and retry it once the cause is gone.',
    }),
    ...(count > 0
      ? [
          {
            id: 'rails',
            mode: 'live',
            severity: 'soon',
            title: plural(
              count,
              'A worker has no rail for real sats',
              'Workers have no rail for real sats',
            ),
            advice: `This instance cannot pay by ${rails.join(', ')}; what they earn will be given up.`,
            count,
            since: null,
            href: '/ops/workers',
          } satisfies Item,
        ]
      : []),
  ];
}

function otherItems(facts: Facts): Item[] {
  const { failedEmails, refusedCallers } = facts;
  const items: Item[] = [
    ...facts.disabledEndpoints.map(
      ({ mode, count, oldest }): Item => ({
        id: 'endpoints-disabled',
        mode,
        severity: weighed('soon', mode),
        title: plural(count, 'A webhook endpoint was disabled', 'Webhook endpoints were disabled'),
        advice: 'They only failed, for days. Their owners were told; they get no events.',
        count,
        since: oldest,
        href: '/ops/system#webhooks',
      }),
    ),
    ...facts.failingEndpoints.map(
      ({ mode, count, oldest }): Item => ({
        id: 'endpoints-failing',
        mode,
        severity: 'waits',
        title: plural(count, 'A webhook endpoint only fails', 'Webhook endpoints only fail'),
        advice: 'One alone is its owner’s fault; many at once may be the way out of this instance.',
        count,
        since: oldest,
        href: '/ops/system#webhooks',
      }),
    ),
  ];
  if (failedEmails.count > 0) {
    items.push({
      id: 'emails',
      severity: 'soon',
      title: plural(failedEmails.count, 'An e-mail was not sent', 'E-mails were not sent'),
      advice: 'See what the mail server said; SMTP_URL and MAIL_FROM are what it goes by.',
      count: failedEmails.count,
      since: failedEmails.oldest,
      href: '/ops/emails?status=failed',
    });
  }
  if (refusedCallers.count > 0) {
    items.push({
      id: 'rate-limits',
      severity: 'waits',
      title: plural(refusedCallers.count, 'A caller is held back', 'Callers are held back'),
      advice: `A rate limit refused ${refusedCallers.refusals} requests in the last two hours. See whose they are.`,
      count: refusedCallers.count,
      since: null,
      href: '/ops/system#limits',
    });
  }
  return items;
}

/** What does not get out of the instance: payouts, webhooks, e-mails, and callers held back. */
export function outwardItems(facts: Facts): Item[] {
  return [...payoutItems(facts), ...railItems(facts), ...otherItems(facts)];
}
