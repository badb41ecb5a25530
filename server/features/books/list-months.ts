import { findActorNames } from '@/server/features/organizations';
import type { Actor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { satsToNumber } from '@/server/platform/money';
import type { Page } from '@/server/platform/page';
import { assertOperator } from './access';
import { CHART } from './chart';
import { findNextMonth } from './close-month';
import { monthOf, startOf } from './months';
import type { ClosedMonths, MonthOrganization, MonthOrganizations } from './schema';

const MONTHS_SHOWN = 60;

/**
 * The closed months of live mode, newest first, and the next one to close.
 * @throws Forbidden unless the actor is an operator.
 */
export async function listMonths(actor: Actor): Promise<ClosedMonths> {
  assertOperator(actor);
  const [rows, next] = await Promise.all([
    db.ledgerPeriod.findMany({
      where: { mode: 'live' },
      orderBy: { month: 'desc' },
      take: MONTHS_SHOWN,
      include: { totals: { orderBy: { kind: 'asc' } } },
    }),
    findNextMonth(),
  ]);
  const names = await findActorNames(rows.map(({ closedBy }) => closedBy));
  return {
    next,
    months: rows.map((row) => ({
      month: monthOf(row.month),
      postings: row.postings,
      closedAt: row.closedAt,
      by: names.get(row.closedBy) ?? row.closedBy,
      totals: row.totals.map((total) => ({
        kind: total.kind,
        name: CHART[total.kind].name,
        openingSats: satsToNumber(total.openingSats),
        creditSats: satsToNumber(total.creditSats),
        debitSats: satsToNumber(total.debitSats),
        closingSats: satsToNumber(total.closingSats),
      })),
    })),
  };
}

/**
 * A closed month by organization, ordered by ID.
 * @throws Forbidden unless the actor is an operator; NotFound if the month is not closed.
 */
export async function listMonthOrganizations(
  actor: Actor,
  { month, after, limit }: MonthOrganizations,
): Promise<Page<MonthOrganization>> {
  assertOperator(actor);
  if ((await db.ledgerPeriod.count({ where: { mode: 'live', month: startOf(month) } })) === 0) {
    throw new NotFound('month', month);
  }
  const rows = await db.ledgerPeriodOrganization.findMany({
    where: {
      ...{ mode: 'live', month: startOf(month) },
      ...(after ? { organizationId: { gt: after } } : {}),
    },
    orderBy: { organizationId: 'asc' },
    take: limit + 1,
  });
  const shown = rows.slice(0, limit);
  const organizations = await db.organization.findMany({
    where: { id: { in: shown.map(({ organizationId }) => organizationId) } },
    select: { id: true, name: true },
  });
  const names = new Map(organizations.map(({ id, name }) => [id, name]));
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    data: shown.map((row) => ({
      organizationId: row.organizationId,
      name: names.get(row.organizationId) ?? '',
      openingAvailableSats: satsToNumber(row.openingAvailableSats),
      openingHeldSats: satsToNumber(row.openingHeldSats),
      paidInSats: satsToNumber(row.paidInSats),
      chargedSats: satsToNumber(row.chargedSats),
      adjustedSats: satsToNumber(row.adjustedSats),
      closingAvailableSats: satsToNumber(row.closingAvailableSats),
      closingHeldSats: satsToNumber(row.closingHeldSats),
    })),
    has_more: last !== undefined,
    next_cursor: last?.organizationId ?? null,
  };
}
