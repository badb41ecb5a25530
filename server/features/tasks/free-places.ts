import { Prisma, type Tx } from '@/server/platform/db';
import { isOneOf, numberedPairs } from '@/server/platform/sql-lists';
import { occupied } from './occupied';

interface Pair {
  taskId: string;
  workerId: string;
}

interface HeldRow extends Pair {
  open: number;
  had: boolean;
  paused: boolean;
}

const keyOf = ({ taskId, workerId }: Pair) => `${taskId} ${workerId}`;

/** Which workers may still take which tasks, within a transaction that gives out seats. */
export class FreePlaces {
  private readonly may = new Set<string>();
  private readonly left = new Map<string, number>();

  /**
   * Locks the workers, in the order of their ids, then counts what they hold: two transactions at once cannot
   * both give away the last free place. Nobody counts what a script's worker holds, who takes whatever comes.
   */
  async lock(tx: Tx, pairs: readonly Pair[]): Promise<void> {
    if (pairs.length === 0) return;
    const locked = await tx.$queryRaw<{ id: string; capacity: number }[]>`
      SELECT id::text AS id, capacity FROM workers
       WHERE id ${isOneOf([...new Set(pairs.map(({ workerId }) => workerId))])}
         AND status = 'active'
       ORDER BY workers.id FOR UPDATE`;
    const capacityOf = new Map(locked.map(({ id, capacity }) => [id, capacity]));
    const active = pairs.filter(({ workerId }) => capacityOf.has(workerId));
    if (active.length === 0) return;
    const asked = numberedPairs(
      ['uuid', 'uuid'],
      active.map(({ taskId, workerId }) => [taskId, workerId]),
    );
    const rows = await tx.$queryRaw<HeldRow[]>`
      SELECT w.id::text AS "workerId", t.id::text AS "taskId",
             CASE WHEN w.script_seat IS NULL THEN ${occupied(Prisma.sql`w.id`)} ELSE 0 END AS open,
             EXISTS (SELECT FROM assignments a WHERE a.task_id = t.id AND a.worker_id = w.id) AS had,
             EXISTS (SELECT FROM skill_pauses p
                      WHERE p.organization_id = t.organization_id AND p.type = t.type
                        AND p.worker_id = w.id AND p.lifted_at IS NULL) AS paused
        FROM ${asked} AS asked(task_id, worker_id, n)
        JOIN tasks t ON t.id = asked.task_id
        JOIN workers w ON w.id = asked.worker_id`;
    for (const row of rows) {
      if (!row.had && !row.paused) this.may.add(keyOf(row));
      this.left.set(row.workerId, (capacityOf.get(row.workerId) ?? 0) - row.open);
    }
  }

  isFree(taskId: string, workerId: string): boolean {
    return this.may.has(keyOf({ taskId, workerId })) && (this.left.get(workerId) ?? 0) > 0;
  }

  /** The worker has the task now. */
  take(taskId: string, workerId: string): void {
    this.may.delete(keyOf({ taskId, workerId }));
    this.left.set(workerId, (this.left.get(workerId) ?? 0) - 1);
  }
}
