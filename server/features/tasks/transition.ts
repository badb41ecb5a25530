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

/** Facts of an event for the timeline: IDs only, and nothing hidden from customers. */
export interface EventFacts {
  [key: string]: Prisma.InputJsonValue | undefined;
  assignmentId?: string;
  workerId?: string;
}

interface Move {
  taskId: string;
  action: TaskAction;
  /** The actor, from `actorLabel`. */
  by: string;
  /** Other columns that change with the status. */
  set?: TaskSet;
  /** The judgement's data for an ended task's charts. */
  outcome?: JudgedOutcome;
  /** Its payouts, if the caller knows them. */
  payouts?: readonly PayoutFacts[];
  /** Whether it completes at once, because there is nothing to wait for. */
  completes?: boolean;
  /** Only if it is reserved for one worker who has not taken it. */
  isUntaken?: boolean;
  /** Several if the event occurs several times, such as three workers taking seats. */
  data?: EventFacts | readonly EventFacts[];
}

const factsOf = ({ data }: Pick<Move, 'data'>): readonly EventFacts[] =>
  Array.isArray(data) ? data : [(data as EventFacts | undefined) ?? {}];

/**
 * Moves a task along its lifecycle: next to `TaskMoves`, the only writer of `status`. One
 * compare-and-set that also appends the event and outbox rows in the caller's transaction.
 * @returns the updated row, or null if the task's status did not allow it: lost the
 * compare-and-set.
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
  // Outcomes of golds and re-votes are not the customer's.
  const isCounted = isTerminal(to) && row.reservedFor === null;
  await append(tx, { drafts, outcomes: isCounted ? [draftOutcome(row, move.outcome)] : [] });
  return row;
}

/** Every payout of a verified task has settled, or is held for its worker. */
export const draftCompletion = (row: EventfulRow, payouts: readonly PayoutFacts[]): EventDrafts =>
  draftEvents({ row, payouts, type: 'task.completed', by: 'system', facts: [{}] });

/**
 * Appends an event without a status change, such as a release or the last payout's settlement.
 * @returns the updated row, or null if the task does not have the required status.
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

/** Appends events with their outbox rows, and the outcomes of ended tasks. */
const append = togetherIn(async (tx, all: readonly Appended[]) => {
  const outcomes = all.flatMap((each) => each.outcomes);
  const recorded = Prisma.sql`outcome AS (${outcomesInsert(outcomes)}),`;
  const drafts = all.flatMap((each) => each.drafts);
  await tx.$executeRaw(eventsInsert(drafts, outcomes.length > 0 ? recorded : Prisma.empty));
  return all.map(() => undefined);
});

/** The event rows and the matching outbox rows. */
export interface EventDrafts {
  events: readonly object[];
  told: readonly DatedOutboxRow[];
}

/** Drafts events of one kind for a task's current row, at the current time and with new IDs. */
export function draftEvents(input: {
  row: EventfulRow;
  payouts: readonly PayoutFacts[];
  type: string;
  by: string;
  facts: readonly EventFacts[];
}): EventDrafts {
  const { row, payouts, type, by, facts } = input;
  // As text, to preserve key order and characters that jsonb cannot store.
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

/** The statement that appends drafts; `change` are additional common table expressions. */
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
 * The outbox row of a task's event; create writes its own, because its row is new. The
 * organization's pages are not notified of golds and re-votes; workers' pages are, as of any task.
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
