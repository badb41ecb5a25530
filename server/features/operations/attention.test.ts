import { describe, expect, it } from 'vitest';
import { attentionOf } from './attention';
import { COUNT_MAX, type Facts } from './attention-facts';

const now = new Date('2026-05-04T12:00:00Z');
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const earlier = (ms: number) => new Date(now.getTime() - ms);
const within = (ms: number) => new Date(now.getTime() + ms);

const NONE = { count: 0, oldest: null, first: '' };
const QUIET: Facts = {
  now,
  engine: { state: 'registered', since: earlier(HOUR_MS) },
  engineWork: { failed: 0, functions: [] },
  outbox: { failing: 0, oldestFailing: null, due: 0, oldestDueSeconds: 0 },
  sweeps: [],
  ledger: null,
  applications: [],
  blockingReviews: [],
  reviews: [],
  appeals: [],
  failedPayouts: [],
  unknownPayouts: [],
  stuckPayouts: [],
  withoutRail: { count: 0, rails: [] },
  rails: { down: [], low: [], enabled: 0 },
  directPayments: { count: 0, oldest: null },
  reconciliation: { differences: NONE, balances: { ...NONE, isLess: false }, failing: [] },
  disabledEndpoints: [],
  failingEndpoints: [],
  failedEmails: { count: 0, oldest: null },
  refusedCallers: { count: 0, refusals: 0 },
};
const DOWN = { name: 'main', error: 'LNbits did not answer: refused', since: earlier(HOUR_MS) };
const of = (facts: Partial<Facts>) => attentionOf({ ...QUIET, ...facts });
const one = (facts: Partial<Facts>) => {
  const items = of(facts);
  expect(items).toHaveLength(1);
  return items[0];
};

const busyFunction = (oldestDueMs: number) => ({
  ...{ functionId: 'humanrail-tasks/route', ready: 7, executing: 1, waitingForCapacity: 3 },
  ...{ scheduled: 0, oldestDueMs, failed: 0 },
});

describe('what needs a person', () => {
  it('is nothing where all runs, also while an engine was just started or works off a second of work', () => {
    expect(of({})).toEqual([]);
    expect(of({ engine: { state: 'registering', since: earlier(MINUTE_MS) } })).toEqual([]);
    const functions = [busyFunction(earlier(1_000).getTime())];
    expect(of({ engineWork: { failed: 0, functions } })).toEqual([]);
    expect(of({ outbox: { ...QUIET.outbox, due: 40, oldestDueSeconds: 2 } })).toEqual([]);
    expect(of({ applications: [{ mode: 'live', count: 0, oldest: null }] })).toEqual([]);
  });

  it.each<[string, Partial<Facts>, string, string]>([
    [
      'an engine that is away',
      { engine: { state: 'unreachable', since: earlier(5_000) } },
      'engine',
      'urgent',
    ],
    [
      'an engine that was never seen',
      { engine: { state: 'registering', since: earlier(HOUR_MS) } },
      'engine',
      'urgent',
    ],
    [
      'work two minutes late',
      { engineWork: { failed: 0, functions: [busyFunction(earlier(2 * MINUTE_MS).getTime())] } },
      'engine-backlog',
      'soon',
    ],
    [
      'work ten minutes late',
      { engineWork: { failed: 0, functions: [busyFunction(earlier(10 * MINUTE_MS).getTime())] } },
      'engine-backlog',
      'urgent',
    ],
    ['books that do not add up', { ledger: { faults: 2, checkedAt: now } }, 'ledger', 'urgent'],
    ['a failed run', { engineWork: { failed: 1, functions: [] } }, 'failed-runs', 'soon'],
    [
      'a failing event',
      { outbox: { ...QUIET.outbox, failing: 1, oldestFailing: earlier(MINUTE_MS) } },
      'outbox-failing',
      'urgent',
    ],
    [
      'events two minutes late',
      { outbox: { ...QUIET.outbox, due: 4, oldestDueSeconds: 120 } },
      'outbox-backlog',
      'soon',
    ],
    [
      'events six minutes late',
      { outbox: { ...QUIET.outbox, due: 4, oldestDueSeconds: 360 } },
      'outbox-backlog',
      'urgent',
    ],
    [
      'a sweep that does not run',
      { sweeps: [{ id: 'tasks/sweep', isFrequent: true, since: earlier(HOUR_MS), error: null }] },
      'sweep:tasks/sweep',
      'urgent',
    ],
    [
      'a nightly job that fails',
      {
        sweeps: [
          { id: 'verification/refit', isFrequent: false, since: earlier(HOUR_MS), error: 'no' },
        ],
      },
      'sweep:verification/refit',
      'soon',
    ],
    [
      'a refund of which no rail says what became of it',
      { directPayments: { count: 1, oldest: earlier(HOUR_MS) } },
      'direct-payments:live',
      'urgent',
    ],
    [
      'a payment of which a rail says otherwise',
      {
        reconciliation: {
          ...QUIET.reconciliation,
          differences: { count: 1, oldest: earlier(HOUR_MS), first: 'main: It was not paid.' },
        },
      },
      'rail-differences:live',
      'urgent',
    ],
    [
      'a rail that holds less than it should',
      {
        reconciliation: {
          ...QUIET.reconciliation,
          balances: { ...NONE, count: 1, oldest: earlier(HOUR_MS), isLess: true },
        },
      },
      'rail-balances:live',
      'soon',
    ],
    [
      'a rail that holds more than it should',
      {
        reconciliation: {
          ...QUIET.reconciliation,
          balances: { ...NONE, count: 1, oldest: earlier(HOUR_MS), isLess: false },
        },
      },
      'rail-balances:live',
      'waits',
    ],
    [
      'a rail that is not compared for days',
      {
        reconciliation: {
          ...QUIET.reconciliation,
          failing: [{ rail: 'main', since: earlier(72 * HOUR_MS), error: 'away' }],
        },
      },
      'rails-not-compared:live',
      'soon',
    ],
    [
      'workers without a rail',
      { withoutRail: { count: 2, rails: ['sandbox'] } },
      'rails:live',
      'soon',
    ],
    [
      'the only rail that is down',
      { rails: { down: [DOWN], low: [], enabled: 1 } },
      'rails-down:live',
      'urgent',
    ],
    [
      'one rail of two that is down',
      { rails: { down: [DOWN], low: [], enabled: 2 } },
      'rails-down:live',
      'soon',
    ],
    [
      'a rail that runs low',
      { rails: { down: [], low: [{ name: 'main', balanceSats: 900 }], enabled: 1 } },
      'rails-low:live',
      'soon',
    ],
    ['a failed e-mail', { failedEmails: { count: 1, oldest: earlier(HOUR_MS) } }, 'emails', 'soon'],
    ['callers held back', { refusedCallers: { count: 1, refusals: 900 } }, 'rate-limits', 'waits'],
  ])('is %s', (_, facts, id, severity) => {
    expect(one(facts)).toMatchObject({ id, severity });
  });

  it.each([
    ['blockingReviews', 5 * MINUTE_MS, 'urgent'],
    ['blockingReviews', HOUR_MS, 'soon'],
    ['blockingReviews', 5 * HOUR_MS, 'waits'],
    ['blockingReviews', -MINUTE_MS, 'urgent'],
    ['appeals', HOUR_MS, 'urgent'],
    ['appeals', 20 * HOUR_MS, 'soon'],
    ['appeals', 60 * HOUR_MS, 'waits'],
  ] as const)('is of %s due in %i ms %s', (name, left, severity) => {
    const waiting = {
      mode: 'live' as const,
      count: 3,
      oldest: earlier(MINUTE_MS),
      due: within(left),
    };
    expect(one({ [name]: [waiting] })).toMatchObject({ severity, count: 3 });
  });

  it('is soon a worker who has waited for a day', () => {
    const waiting = (ms: number) => [{ mode: 'live' as const, count: 1, oldest: earlier(ms) }];
    expect(one({ applications: waiting(HOUR_MS) })).toMatchObject({ severity: 'waits' });
    expect(one({ applications: waiting(30 * HOUR_MS) })).toMatchObject({ severity: 'soon' });
  });

  it('counts up to a bound and says that there is more', () => {
    const many = [{ mode: 'live' as const, count: COUNT_MAX + 1, oldest: earlier(1) }];
    expect(one({ reviews: many })).toMatchObject({ count: COUNT_MAX, isMore: true });
  });

  it('comes in order: by severity, then live before test, then the oldest', () => {
    const ids = of({
      engine: { state: 'forgotten', since: earlier(MINUTE_MS) },
      failedPayouts: [
        { mode: 'test', count: 9, oldest: earlier(90 * HOUR_MS) },
        { mode: 'live', count: 1, oldest: earlier(HOUR_MS) },
      ],
      stuckPayouts: [{ mode: 'live', count: 2, oldest: earlier(3 * HOUR_MS) }],
      applications: [
        { mode: 'live', count: 1, oldest: earlier(MINUTE_MS) },
        { mode: 'test', count: 1, oldest: earlier(HOUR_MS) },
      ],
      failedEmails: { count: 1, oldest: earlier(MINUTE_MS) },
    }).map(({ id }) => id);
    expect(ids).toEqual([
      'payouts-stuck:live',
      'payouts-failed:live',
      'engine',
      'emails',
      'payouts-failed:test',
      'applications:live',
      'applications:test',
    ]);
  });

  it('leads to where it is dealt with, by its filter and mode', () => {
    const waiting = [{ mode: 'live' as const, count: 1, oldest: earlier(1) }];
    expect(one({ unknownPayouts: waiting })?.href).toBe('/ops/payouts?state=unknown&mode=live');
    expect(one({ applications: waiting })?.href).toBe('/ops/workers?state=waiting');
  });
});
