import type { TaskStatus } from '@/prisma/generated/client';
import type { Mode } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { Prisma, type Tx } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { type DatedOutboxRow, datedOutboxInsert, dateOutboxRow } from '@/server/platform/outbox';
import { togetherIn } from '@/server/platform/together';
import { changeTask, type MovedTask, type TaskSet } from './change-tasks';
import { isTerminal, LIFECYCLE, mayOwePayouts, type TaskAction } from './lifecycle';
import { draftOutcome, type JudgedOutcome, outcomesInsert } from './record-outcome';
import { type EventfulRow, type PayoutFacts, snapshotOf } from './render';

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
  /** What is owed for it, where the caller knows. */
  payouts?: readonly PayoutFacts[];
  /** Nothing is waited for, so that it is completed with it. */
  completes?: boolean;
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
  const later = move.completes ? 1 : 0;
  const row = await changeTask(tx, {
    id: move.taskId,
    from,
    isUntaken: move.isUntaken ?? false,
    status: to,
    events: facts.length + later,
    at: now,
    set: {
      ...(isTerminal(to) ? { openSeats: 0, completedAt: now } : {}),
      ...(move.completes ? { settledAt: now } : {}),
      ...move.set,
    },
  });
  if (!row) return null;
  const payouts = move.payouts ?? (await payoutsOf(tx, row));
  const reached = { ...row, sequence: row.sequence - later };
  const drafts = [draftEvents({ row: reached, payouts, type: event, by: move.by, facts })];
  if (move.completes) drafts.push(draftCompletion(row, payouts));
  // What becomes of a gold or a re-vote tells nothing of what its customer asked.
  const isCounted = isTerminal(to) && row.reservedFor === null;
  await append(tx, { drafts, outcomes: isCounted ? [draftOutcome(row, move.outcome)] : [] });
  return row;
}

/** Every payout of a verified task has settled, or is kept for its worker. */
export const draftCompletion = (row: EventfulRow, payouts: readonly PayoutFacts[]): EventDrafts =>
  draftEvents({ row, payouts, type: 'task.completed', by: 'system', facts: [{}] });

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
  const payouts = await payoutsOf(tx, row);
  const { type, by } = event;
  await append(tx, { drafts: [draftEvents({ row, payouts, type, by, facts })], outcomes: [] });
  return row;
}

const payoutsOf = async (tx: Tx, row: MovedTask): Promise<readonly PayoutFacts[]> =>
  mayOwePayouts(row.status) ? findPayouts(tx, row.id) : [];

const findPayouts = togetherIn(async (tx, taskIds: readonly string[]) => {
  const payouts = await tx.payout.findMany({
    where: { taskId: { in: [...taskIds] } },
    orderBy: { id: 'asc' },
  });
  return taskIds.map((id) => payouts.filter(({ taskId }) => taskId === id));
});

interface Appended {
  drafts: readonly EventDrafts[];
  outcomes: readonly object[];
}

/** Appends events with their outbox rows, and what became of tasks that have ended. */
const append = togetherIn(async (tx, all: readonly Appended[]) => {
  const outcomes = all.flatMap((each) => each.outcomes);
  const recorded = Prisma.sql`outcome AS (${outcomesInsert(outcomes)}),`;
  const drafts = all.flatMap((each) => each.drafts);
  await tx.$executeRaw(eventsInsert(drafts, outcomes.length > 0 ? recorded : Prisma.empty));
  return all.map(() => undefined);
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
  payouts: readonly PayoutFacts[];
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
