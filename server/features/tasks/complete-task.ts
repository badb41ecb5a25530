import { atInstant, clock, type StandingClock } from '@/server/platform/clock';
import { Prisma, type Tx } from '@/server/platform/db';
import { draftCompletion, eventsInsert } from './transition';

/** A task that may be completed, at the instant of whoever settles or keeps its last payout. */
export interface Completion {
  taskId: string;
  /** Undefined is the wall clock's. */
  instant: StandingClock | undefined;
}

/**
 * Says once of each verified task that it is completed: every payout has settled, or is kept for its worker,
 * or takes its time, which is no business of the customer's. Called in the transaction that settles
 * or keeps payouts; does nothing about a task while others of it are open.
 * @param completions one a task.
 * @param options.areLocked the transaction has locked the tasks, in the order of their ids.
 */
export async function completeTasks(
  tx: Tx,
  completions: readonly Completion[],
  { areLocked = false }: { areLocked?: boolean } = {},
): Promise<void> {
  if (completions.length === 0) return;
  const ids = completions.map(({ taskId }) => taskId);
  // The tasks' rows are the lock: of two payouts settling at once, the second sees the first.
  if (!areLocked) {
    await tx.$queryRaw`SELECT 1 FROM tasks WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR UPDATE`;
  }
  const payouts = await tx.payout.findMany({
    where: { taskId: { in: ids } },
    orderBy: { id: 'asc' },
  });
  const open = new Set(payouts.filter(isAwaited).map(({ taskId }) => taskId));
  const settled = completions.filter(({ taskId }) => !open.has(taskId));
  if (settled.length === 0) return;
  const rows = await tx.task.findMany({
    where: {
      id: { in: settled.map(({ taskId }) => taskId) },
      status: 'verified',
      settledAt: null,
    },
    omit: { payload: true, outputSchema: true, instructions: true },
  });
  const rowById = new Map(rows.map((row) => [row.id, row]));
  const drafts = settled.flatMap(({ taskId, instant }) => {
    const former = rowById.get(taskId);
    if (!former) return [];
    return atInstant(instant, () => {
      const at = clock.now();
      const row = { ...former, settledAt: at, updatedAt: at, sequence: former.sequence + 1 };
      const own = payouts.filter((payout) => payout.taskId === taskId);
      return {
        ...draftCompletion(row, own),
        moved: { id: taskId, at, sequence: row.sequence },
      };
    });
  });
  if (drafts.length === 0) return;
  const moved = JSON.stringify(drafts.map((draft) => draft.moved));
  await tx.$executeRaw(
    eventsInsert(
      drafts,
      Prisma.sql`
        completed AS (
          UPDATE tasks t SET settled_at = m.at, updated_at = m.at, sequence = m.sequence
            FROM jsonb_to_recordset(${moved}::jsonb) AS m(id uuid, at timestamptz, sequence int)
           WHERE t.id = m.id
        ),`,
    ),
  );
}

/** Whether a task is not complete before the payout has settled. */
export const isAwaited = ({ status, awaited }: { status: string; awaited: boolean }): boolean =>
  awaited && status !== 'paid' && status !== 'held';
