import { clock } from '@/server/platform/clock';
import { Prisma, type Tx } from '@/server/platform/db';
import { isTerminal, LIFECYCLE } from './lifecycle';
import type { EventfulTask } from './lock-task';
import { draftEvents, type EventDrafts, type EventFacts, eventsInsert } from './transition';

/** A step of a locked task: a move between open statuses, or an event without one. */
export interface Step {
  happens:
    | ('assign' | 'join' | 'submit' | 'requeue' | 'answer.received')
    | ('assignment.joined' | 'assignment.released' | 'assignment.lapsed');
  /** The actor, from `actorLabel`. */
  by: string;
  set?: Partial<Pick<EventfulTask, 'openSeats' | 'assignedAt' | 'submittedAt'>>;
  /** One per occurrence. */
  facts: readonly EventFacts[];
}

const moveOf = (happens: Step['happens']) =>
  happens in LIFECYCLE ? LIFECYCLE[happens as keyof typeof LIFECYCLE] : null;

/**
 * Steps of tasks locked with `lockTasks`: applied in memory one by one and written together,
 * equivalent to `transition`.
 */
export class TaskMoves {
  private readonly drafts: EventDrafts[] = [];
  private readonly moved = new Set<string>();

  constructor(private readonly tasks: Map<string, EventfulTask>) {}

  /** The task after the steps so far. */
  get(taskId: string): EventfulTask | undefined {
    return this.tasks.get(taskId);
  }

  /**
   * Applies a step at the caller's instant.
   * @returns false, without changes, if the task's status does not allow it.
   */
  take(taskId: string, { happens, by, set, facts }: Step): boolean {
    const task = this.tasks.get(taskId);
    const move = moveOf(happens);
    if (!task || isTerminal(task.status)) return false;
    if (move && !(move.from as readonly string[]).includes(task.status)) return false;
    const row = {
      ...task,
      ...set,
      status: move?.to ?? task.status,
      sequence: task.sequence + facts.length,
      updatedAt: clock.now(),
    };
    this.tasks.set(taskId, row);
    this.moved.add(taskId);
    this.drafts.push(draftEvents({ row, payouts: [], type: move?.event ?? happens, by, facts }));
    return true;
  }

  /** Writes the tasks with their events and outbox rows, in one statement. */
  async write(tx: Tx): Promise<void> {
    if (this.drafts.length === 0) return;
    const rows = [...this.moved].map((id) => {
      const { status, sequence, openSeats, assignedAt, submittedAt, updatedAt } = this.tasks.get(
        id,
      ) as EventfulTask;
      return { id, status, sequence, openSeats, assignedAt, submittedAt, updatedAt };
    });
    await tx.$executeRaw(
      eventsInsert(
        this.drafts,
        Prisma.sql`
          moved AS (
            UPDATE tasks t
               SET status = m.status, sequence = m.sequence, open_seats = m."openSeats",
                   assigned_at = m."assignedAt", submitted_at = m."submittedAt",
                   updated_at = m."updatedAt"
              FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
                   AS m(id uuid, status task_status, sequence int, "openSeats" int,
                        "assignedAt" timestamptz, "submittedAt" timestamptz,
                        "updatedAt" timestamptz)
             WHERE t.id = m.id),`,
      ),
    );
  }
}
