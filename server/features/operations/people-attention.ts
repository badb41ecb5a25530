import type { Facts, Item } from './attention-facts';
import { ageMs, byTime, HOUR_MS, leftMs, MINUTE_MS, plural, weighed } from './attention-words';

const REVIEW_URGENT_MS = 15 * MINUTE_MS;
const REVIEW_SOON_MS = 2 * HOUR_MS;
const APPEAL_URGENT_MS = 4 * HOUR_MS;
const APPEAL_SOON_MS = 24 * HOUR_MS;
const APPLICATION_SOON_MS = 24 * HOUR_MS;

/** Who waits for an operator: workers, reviews, appeals. */
export function peopleItems(facts: Facts): Item[] {
  const { now } = facts;
  return [
    ...facts.blockingReviews.map(
      ({ mode, count, oldest, due }): Item => ({
        id: 'reviews-blocking',
        mode,
        severity: weighed(byTime(leftMs(due, now), REVIEW_URGENT_MS, REVIEW_SOON_MS), mode),
        title: plural(count, 'A task waits for a review', 'Tasks wait for a review'),
        advice:
          leftMs(due, now) <= REVIEW_URGENT_MS
            ? 'The first one expires within minutes, or already has; decide it now.'
            : 'Each is delivered once decided, and otherwise expires.',
        count,
        since: oldest,
        href: '/ops/reviews',
      }),
    ),
    ...facts.reviews.map(
      ({ mode, count, oldest }): Item => ({
        id: 'reviews',
        mode,
        severity: 'waits',
        title: plural(
          count,
          'An answer is waiting for an audit',
          'Answers are waiting for an audit',
        ),
        advice: 'They block nobody; their results improve future judgements.',
        count,
        since: oldest,
        href: '/ops/reviews',
      }),
    ),
    ...facts.appeals.map(
      ({ mode, count, oldest, due }): Item => ({
        id: 'appeals',
        mode,
        severity: weighed(byTime(leftMs(due, now), APPEAL_URGENT_MS, APPEAL_SOON_MS), mode),
        title: plural(
          count,
          'An appeal is waiting for a decision',
          'Appeals are waiting for a decision',
        ),
        advice: 'Appeals not decided in time are decided in the worker’s favour.',
        count,
        since: oldest,
        href: '/ops/appeals',
      }),
    ),
    ...facts.applications.map(
      ({ mode, count, oldest }): Item => ({
        id: 'applications',
        mode,
        severity: weighed(ageMs(oldest, now) > APPLICATION_SOON_MS ? 'soon' : 'waits', mode),
        title: plural(
          count,
          'A worker is waiting for approval',
          'Workers are waiting for approval',
        ),
        advice: 'Approve or decline; they cannot work until then.',
        count,
        since: oldest,
        href: '/ops/workers?state=waiting',
      }),
    ),
  ];
}
