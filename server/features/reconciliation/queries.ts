import type { RailDifference } from '@/prisma/generated/client';
import type { Actor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { satsToNumber } from '@/server/platform/money';
import { assertOperator } from './access';
import { BALANCE } from './look-at-balances';
import type { DifferenceKind, DifferenceLine, ReconciliationView } from './schema';

const OPEN_MAX = 100;
const RESOLVED_MAX = 20;
const DAY_MS = 86_400_000;
const RESOLVED_SHOWN_MS = 30 * DAY_MS;
/** A rail that is unavailable for one night is retried the next. */
const FAILING_MS = 2 * DAY_MS;

/**
 * The result of the latest reconciliation of each rail.
 * @throws Forbidden unless the actor is an operator.
 */
export async function getReconciliation(actor: Actor): Promise<ReconciliationView> {
  assertOperator(actor);
  const since = new Date(clock.nowMs() - RESOLVED_SHOWN_MS);
  const [rails, runs, open, resolved] = await Promise.all([
    db.rail.findMany({ select: { name: true }, orderBy: [{ position: 'asc' }, { name: 'asc' }] }),
    db.railReconcile.findMany(),
    openDifferences(),
    db.railDifference.findMany({
      where: { resolvedAt: { gt: since } },
      orderBy: { resolvedAt: 'desc' },
      take: RESOLVED_MAX,
    }),
  ]);
  const hrefs = await hrefsOf([...open, ...resolved]);
  const line = (row: RailDifference) => lineOf(row, hrefs);
  return {
    rails: rails.map(({ name }) => {
      const run = runs.find(({ rail }) => rail === name);
      return {
        ...{ rail: name, endedAt: run?.endedAt ?? null, failingSince: run?.failingSince ?? null },
        ...{ checked: run?.checked ?? 0, unanswered: run?.unanswered ?? 0 },
        error: run?.error ?? null,
      };
    }),
    open: open.map(line),
    resolved: resolved.map(line),
  };
}

/** Open differences, oldest first, at most 100; the caller must have checked permissions. */
export function openDifferences(): Promise<RailDifference[]> {
  return db.railDifference.findMany({
    where: { resolvedAt: null },
    orderBy: { firstSeenAt: 'asc' },
    take: OPEN_MAX,
  });
}

/** Reconciliation problems that need attention. */
export interface TroubledReconciliation {
  /** Differences in payments and deposits; `first` is a sentence. */
  differences: { count: number; oldest: Date | null; first: string };
  /** Rails whose balance drifts. */
  balances: { count: number; oldest: Date | null; first: string; isLess: boolean };
  /** Rails that could not be fully reconciled for two days or more. */
  failing: { rail: string; since: Date; error: string }[];
}

export async function troubledReconciliation(): Promise<TroubledReconciliation> {
  const before = new Date(clock.nowMs() - FAILING_MS);
  const [open, failing] = await Promise.all([
    openDifferences(),
    db.railReconcile.findMany({
      where: { failingSince: { lte: before } },
      orderBy: { failingSince: 'asc' },
    }),
  ]);
  const balances = open.filter(({ kind }) => kind === 'balance');
  return {
    differences: gist(open.filter(({ kind }) => kind !== 'balance')),
    balances: { ...gist(balances), isLess: balances.some(({ sats }) => (sats ?? 0n) < 0n) },
    failing: failing.map(({ rail, failingSince, error }) => ({
      ...{ rail, since: failingSince ?? before, error: error ?? '' },
    })),
  };
}

function gist(rows: readonly RailDifference[]) {
  const [first] = rows;
  return {
    count: rows.length,
    oldest: first?.firstSeenAt ?? null,
    first: first ? `${first.rail}: ${first.found}` : '',
  };
}

function lineOf(row: RailDifference, hrefs: ReadonlyMap<string, string>): DifferenceLine {
  const { subject, sats, ...rest } = row;
  const [what = '', id = ''] = subject.split(':');
  return {
    ...rest,
    kind: row.kind as DifferenceKind,
    of: subject === BALANCE ? null : { what: what as 'attempt' | 'direct_payment' | 'deposit', id },
    href: hrefs.get(subject) ?? null,
    sats: sats === null ? null : satsToNumber(sats),
  };
}

/** Pages of the differences' subjects: an attempt's payout, a deposit's organization. */
async function hrefsOf(rows: readonly RailDifference[]): Promise<Map<string, string>> {
  const idsOf = (prefix: string) =>
    rows.flatMap(({ subject }) =>
      subject.startsWith(`${prefix}:`) ? [subject.slice(prefix.length + 1)] : [],
    );
  const [payouts, deposits] = await Promise.all([
    db.attemptPayout.findMany({
      where: { attemptId: { in: idsOf('attempt') } },
      distinct: ['attemptId'],
    }),
    db.deposit.findMany({
      where: { id: { in: idsOf('deposit') } },
      select: { id: true, organizationId: true },
    }),
  ]);
  return new Map([
    ...payouts.map(({ attemptId, payoutId }): [string, string] => [
      `attempt:${attemptId}`,
      `/ops/payouts/${payoutId}`,
    ]),
    ...deposits.map(({ id, organizationId }): [string, string] => [
      `deposit:${id}`,
      `/ops/organizations/${organizationId}`,
    ]),
  ]);
}
