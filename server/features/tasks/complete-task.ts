import { atInstant, clock, type StandingClock } from '@/server/platform/clock';
import { Prisma, type Tx } from '@/server/platform/db';
import { draftCompletion, eventsInsert } from './transition';

/** A task to complete, at the instant when its last payout was settled or held. */
export interface Completion {
  taskId: string;
  /** Undefined for real time. */
  instant: StandingClock | undefined;
}

/**
 * Records once for each verified task that it is completed: every payout has settled, is held for
 * its worker, or takes so long that the customer need not wait. Called in the transaction that
 * settles or holds payouts; skips tasks with open payouts.
 * @param completions one per task.
 * @param options.areLocked whether the transaction has locked the tasks, in ID order.
 */
export async function completeTasks(
  tx: Tx,
  completions: readonly Completion[],
  { areLocked = false }: { areLocked?: boolean } = {},
): Promise<void> {
  if (completions.length === 0) return;
  const ids = completions.map(({ taskId }) => taskId);
  // The tasks' rows are the lock: of two payouts settling concurrently, the second sees the first.
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

/** Whether the task's completion waits for the payout. */
export const isAwaited = ({ status, awaited }: { status: string; awaited: boolean }): boolean =>
  awaited && status !== 'paid' && status !== 'held';
