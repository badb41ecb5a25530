import type { Actor } from '@/server/platform/actor';
import { assertOperator } from './access';
import { lookAtBalances } from './look-at-balances';
import { getReconciliation } from './queries';
import { reconcileRails } from './reconcile-rails';
import type { ReconciliationView } from './schema';

/** A page waits so long; the night goes on with what is left. */
const BUDGET_MS = 20_000;
/** Pieces of a run that nobody waits for. */
const PIECE_MS = 30_000;

/**
 * Compares all rails, as far as twenty seconds go.
 * @throws Forbidden for anybody but operators.
 */
export async function reconcileNow(
  actor: Actor,
): Promise<ReconciliationView & { isDone: boolean }> {
  assertOperator(actor);
  const { isDone } = await reconcileRails({ budgetMs: BUDGET_MS });
  await lookAtBalances();
  return { ...(await getReconciliation(actor)), isDone };
}

/** Compares all rails to the end, for who waits at a terminal. */
export async function reconcileWhole(): Promise<void> {
  let run = await reconcileRails({ budgetMs: PIECE_MS });
  while (!run.isDone) run = await reconcileRails({ budgetMs: PIECE_MS, sinceMs: run.sinceMs });
  await lookAtBalances();
}
