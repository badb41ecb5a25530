import type { Payout, TaskStatus } from '@/prisma/generated/client';
import type { Mode } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { Prisma, type Tx } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { type DatedOutboxRow, datedOutboxInsert, dateOutboxRow } from '@/server/platform/outbox';
import { togetherIn } from '@/server/platform/together';
import { changeTask, type MovedTask, type TaskSet } from './change-tasks';
import { isTerminal, LIFECYCLE, mayOwePayouts, type TaskAction } from './lifecycle';
import { type JudgedOutcome, recordOutcome } from './record-outcome';
import { type EventfulRow, snapshotOf } from './render';

/** Facts of an event, for the timeline; ids only, and nothing a customer may not see. */
export interface EventFacts {
  [key: string]: Prisma.InputJsonValue | undefined;
  assignmentId?: string;
  workerId?: string;
}

interface Move {
  taskId: string;
  action: TaskAction;
  /** Who did it, as `actorLabel` gives it. */
  by: string;
  /** Other columns that change with the status. */
  set?: TaskSet;
  /** What the judgement knows of a task that ends, for the charts. */
  outcome?: JudgedOutcome;
  /** Only where it is for one worker who has not taken it. */
  isUntaken?: boolean;
  /** Several where it is done several times at once, such as a seat taken by each of three workers. */
  data?: EventFacts | readonly EventFacts[];
}

const factsOf = ({ data }: Pick<Move, 'data'>): readonly EventFacts[] =>
  Array.isArray(data) ? data : [(data as EventFacts | undefined) ?? {}];

/**
 * Moves a task along its lifecycle: beside `TaskMoves`, the only writer of `status`. One compare-and-set,
 * which appends the event row and the outbox row in the caller's transaction.
 * @returns the row as it is now, or null where the task was not in a state to move: somebody else won.
 */
export async function transition(tx: Tx, move: Move): Promise<MovedTask | null> {
  const { from, to, event } = LIFECYCLE[move.action];
  const now = clock.now();
  const facts = factsOf(move);
  const row = await changeTask(tx, {
    id: move.taskId,
    from,
    isUntaken: move.isUntaken ?? false,
    status: to,
    events: facts.length,
    at: now,
    set: { ...(isTerminal(to) ? { openSeats: 0, completedAt: now } : {}), ...move.set },
  });
  if (!row) return null;
  await appendOwn(tx, row, event, move.by, facts);
  // What becomes of a gold or a re-vote tells nothing of what its customer asked.
  if (isTerminal(to) && row.reservedFor === null) await recordOutcome(tx, row, move.outcome);
  return row;
}

/**
 * Appends an event that changes no status, such as a worker's release or the last payout settling.
 * @returns the row as it is now, or null where it does not have the status that is asked for.
 */
export async function recordTaskEvent(
  tx: Tx,
  event: Pick<Move, 'taskId' | 'by' | 'set' | 'data'> & { type: string; status?: TaskStatus },
): Promise<MovedTask | null> {
  const facts = factsOf(event);
  const row = await changeTask(tx, {
    id: event.taskId,
    ...(event.status ? { from: [event.status] } : {}),
    events: facts.length,
    at: clock.now(),
    set: event.set ?? {},
  });
  if (!row) return null;
  await appendOwn(tx, row, event.type, event.by, facts);
  return row;
}

/** The events of one kind that led to the row as it is now, with their outbox rows. */
async function appendOwn(
  tx: Tx,
  row: MovedTask,
  type: string,
  by: string,
  facts: readonly EventFacts[],
): Promise<void> {
  const payouts = mayOwePayouts(row.status) ? await findPayouts(tx, row.id) : [];
  await append(tx, draftEvents({ row, payouts, type, by, facts }));
}

const findPayouts = togetherIn(async (tx, taskIds: readonly string[]) => {
  const payouts = await tx.payout.findMany({
    where: { taskId: { in: [...taskIds] } },
    orderBy: { id: 'asc' },
  });
  return taskIds.map((id) => payouts.filter(({ taskId }) => taskId === id));
});

const append = togetherIn(async (tx, drafts: readonly EventDrafts[]) => {
  await tx.$executeRaw(eventsInsert(drafts));
  return drafts.map(() => undefined);
});

/** The rows of events and of the facts that the outbox tells of them. */
export interface EventDrafts {
  events: readonly object[];
  told: readonly DatedOutboxRow[];
}

/**
 * Drafts the events of one kind that led to a task's row as it is now, by the clock and with the next ids
 * of whoever calls.
 */
export function draftEvents(input: {
  row: EventfulRow;
  payouts: readonly Payout[];
  type: string;
  by: string;
  facts: readonly EventFacts[];
}): EventDrafts {
  const { row, payouts, type, by, facts } = input;
  // As text, which keeps the order of its keys, and characters that no jsonb holds.
  const snapshot = JSON.stringify(snapshotOf(row, payouts));
  const events = facts.map(({ workerId: _worker, ...shown }, n) => ({
    id: newId(),
    task_id: row.id,
    organization_id: row.organizationId,
    mode: row.mode,
    sequence: row.sequence - facts.length + 1 + n,
    ...{ type, actor: by, data: shown, snapshot },
    created_at: row.updatedAt,
  }));
  const told = events.map(({ id }, n) => dateOutboxRow(taskOutboxRow(row, id, type, facts[n])));
  return { events, told };
}

/** The statement that appends drafts; `change` are common table expressions that it makes as well. */
export function eventsInsert(
  drafts: readonly EventDrafts[],
  change: Prisma.Sql = Prisma.empty,
): Prisma.Sql {
  const events = JSON.stringify(drafts.flatMap((draft) => draft.events));
  return Prisma.sql`
    WITH ${change} event AS (
      INSERT INTO task_events (id, task_id, organization_id, mode, sequence, type, actor, data,
                               snapshot, created_at)
      SELECT id, task_id, organization_id, mode, sequence, type, actor, data, snapshot::json,
             created_at
        FROM jsonb_to_recordset(${events}::jsonb)
             AS e(id uuid, task_id uuid, organization_id uuid, mode mode, sequence int, type text,
                  actor text, data jsonb, snapshot text, created_at timestamptz))
    ${datedOutboxInsert(drafts.flatMap(({ told }) => told))}`;
}

/**
 * The outbox row of a task's event; create writes its own, since there the row is new. Pages of the
 * organization do not hear of golds and re-votes; workers hear of them as of any task.
 */
export function taskOutboxRow(
  row: { id: string; organizationId: string; mode: Mode; reservedFor: string | null },
  taskEventId: string,
  type: string,
  data?: EventFacts,
) {
  return {
    topic: type,
    key: taskEventId,
    data: {
      ...data,
      taskId: row.id,
      taskEventId,
      organizationId: row.organizationId,
      mode: row.mode,
      type,
    },
    live: {
      type,
      ...(row.reservedFor === null ? { organizationId: row.organizationId } : {}),
      mode: row.mode,
      taskId: row.id,
      ...(data?.workerId ? { workerId: data.workerId } : {}),
    },
  };
}
