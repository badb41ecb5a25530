import { faultsOf, reconcile } from '@/server/features/ledger';
import type { Actor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { assertOperator } from './access';
import type { LedgerCheckView } from './schema';

/** Faults that are kept of one check; their number is kept whole. */
const REPORTED_MAX = 50;

/** Adds the whole ledger up again, of both modes, and keeps what came of it. */
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
 * The same, asked for by an operator.
 * @throws Forbidden for anybody but operators.
 */
export async function checkNow(actor: Actor): Promise<LedgerCheckView> {
  assertOperator(actor);
  return checkLedger();
}

/** What came of the latest check; null before the first. */
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
