import type { Actor } from '@/server/platform/actor';
import { assertOperator } from './access';
import { lookAtBalances } from './look-at-balances';
import { getReconciliation } from './queries';
import { reconcileRails } from './reconcile-rails';
import type { ReconciliationView } from './schema';

/** How long a page waits; the nightly run does the rest. */
const BUDGET_MS = 20_000;
/** Slice of a run in the background. */
const PIECE_MS = 30_000;

/**
 * Reconciles all rails, for at most twenty seconds.
 * @throws Forbidden unless the actor is an operator.
 */
export async function reconcileNow(
  actor: Actor,
): Promise<ReconciliationView & { isDone: boolean }> {
  assertOperator(actor);
  const { isDone } = await reconcileRails({ budgetMs: BUDGET_MS });
  await lookAtBalances();
  return { ...(await getReconciliation(actor)), isDone };
}

/** Reconciles all rails completely, for the command line. */
export async function reconcileWhole(): Promise<void> {
  let run = await reconcileRails({ budgetMs: PIECE_MS });
  while (!run.isDone) run = await reconcileRails({ budgetMs: PIECE_MS, sinceMs: run.sinceMs });
  await lookAtBalances();
}
