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
      one: 'A payout has an unknown outcome',
      many: 'Payouts have an unknown outcome',
      advice: 'Nothing is sent twice. Look them up again, or check at the rail.',
    }),
    ...of('stuck', {
      one: 'A payout is stuck',
      many: 'Payouts are stuck',
      advice: 'Check the rail’s response to each attempt.',
    }),
    ...of('failed', {
      one: 'A payout failed permanently',
      many: 'Payouts failed permanently',
      advice: 'The worker is still owed the amount. Check the error, and retry once it is fixed.',
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
            advice: `This instance cannot pay by ${rails.join(', ')}; their payouts will fail.`,
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
        advice:
          'All deliveries failed for days. The owners were notified; no events are delivered.',
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
        title: plural(count, 'A webhook endpoint is failing', 'Webhook endpoints are failing'),
        advice:
          'A single one is probably its owner’s problem; many at once suggest a network problem of this instance.',
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
      title: plural(failedEmails.count, 'An e-mail could not be sent', 'E-mails could not be sent'),
      advice: 'Check the mail server’s response, SMTP_URL and MAIL_FROM.',
      count: failedEmails.count,
      since: failedEmails.oldest,
      href: '/ops/emails?status=failed',
    });
  }
  if (refusedCallers.count > 0) {
    items.push({
      id: 'rate-limits',
      severity: 'waits',
      title: plural(refusedCallers.count, 'A caller is rate-limited', 'Callers are rate-limited'),
      advice: `Rate limits rejected ${refusedCallers.refusals} requests in the last two hours. Check who sent them.`,
      count: refusedCallers.count,
      since: null,
      href: '/ops/system#limits',
    });
  }
  return items;
}

/** Problems with outgoing traffic: payouts, webhooks, e-mails, and rate-limited callers. */
export function outwardItems(facts: Facts): Item[] {
  return [...payoutItems(facts), ...railItems(facts), ...otherItems(facts)];
}
