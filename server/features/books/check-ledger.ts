import { faultsOf, reconcile } from '@/server/features/ledger';
import type { Actor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { assertOperator } from './access';
import type { LedgerCheckView } from './schema';

/** Faults stored per check; the total count is always stored. */
const REPORTED_MAX = 50;

/** Re-adds the whole ledger of both modes and stores the result. */
export async function checkLedger(): Promise<LedgerCheckView> {
  const found = await reconcile();
  const faults = faultsOf(found);
  const check = await db.ledgerCheck.create({
    data: {
      ...{ id: newId(), checkedAt: clock.now(), faults: faults.length },
      ...{ postings: found.postings, entries: found.entries },
      report: faults.slice(0, REPORTED_MAX),
    },
  });
  return viewOf(check);
}

/**
 * The same, requested by an operator.
 * @throws Forbidden unless the actor is an operator.
 */
export async function checkNow(actor: Actor): Promise<LedgerCheckView> {
  assertOperator(actor);
  return checkLedger();
}

/** The latest check's result; null before the first. */
export async function latestCheck(): Promise<LedgerCheckView | null> {
  const check = await db.ledgerCheck.findFirst({ orderBy: { id: 'desc' } });
  return check && viewOf(check);
}

function viewOf(check: {
  checkedAt: Date;
  postings: bigint;
  entries: bigint;
  faults: number;
  report: unknown;
}): LedgerCheckView {
  return {
    ...{ checkedAt: check.checkedAt, faults: check.faults },
    ...{ postings: Number(check.postings), entries: Number(check.entries) },
    report: check.report as string[],
  };
}
