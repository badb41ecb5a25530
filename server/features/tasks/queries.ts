import type { Task as TaskRow } from '@/prisma/generated/client';
import type { Actor, Mode } from '@/server/platform/actor';
import { db, hotQuery, Prisma, type Tx } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { isUuid } from '@/server/platform/ids';
import type { Page } from '@/server/platform/page';
import { visibleTo } from './access';
import type { Price } from './price';
import { type ReadTask, readTask, readTasks } from './read-task';
import { renderTask, snapshotOf } from './render';
import type { ListTasksQuery, Task, TaskSnapshot, TaskTimelineEvent } from './schema';
import { filterSql } from './task-filter';

type Reader = Tx | typeof db;

/**
 * One task, as its customer sees it.
 * @throws NotFound if it does not exist or belongs to another organization or mode.
 */
export async function getTask(actor: Actor, id: string): Promise<Task> {
  const row = await readTask(actor, id);
  if (!row) throw new NotFound('task', id);
  return renderRead(row);
}

/** A page of tasks, newest first. `metadata` matches top-level keys by text. */
export async function listTasks(actor: Actor, query: ListTasksQuery): Promise<Page<Task>> {
  const { status, type, after, limit, ...rest } = query;
  const where = await filterSql(actor, {
    ...rest,
    ...(status ? { status: [status] } : {}),
    ...(type ? { type: [type] } : {}),
  });
  const edge = after ? Prisma.sql`AND t.id < ${after}::uuid` : Prisma.empty;
  const found = await hotQuery<{ id: string }>(Prisma.sql`
    SELECT t.id FROM tasks t WHERE ${where} ${edge} ORDER BY t.id DESC LIMIT ${limit + 1}`);
  const tasks = await renderPage(found.slice(0, limit).map(({ id }) => id));
  const hasMore = found.length > limit;
  return {
    data: tasks,
    has_more: hasMore,
    next_cursor: hasMore ? (found[limit - 1]?.id ?? null) : null,
  };
}

/** Renders these tasks, newest first; the caller must have checked permissions. */
export async function renderPage(ids: readonly string[]): Promise<Task[]> {
  const tasks = await readTasks(ids);
  return tasks.sort((a, b) => (a.id < b.id ? 1 : -1)).map(renderRead);
}

const renderRead = (task: ReadTask) => renderTask(task, snapshotOf(task, task.payouts));

/** A task's timeline after `sequence`, oldest first. */
export async function listTaskEvents(
  actor: Actor,
  id: string,
  afterSequence = 0,
): Promise<TaskTimelineEvent[]> {
  const found = isUuid(id)
    ? await db.task.findFirst({ where: { AND: [visibleTo(actor), { id }] }, select: { id: true } })
    : null;
  if (!found) throw new NotFound('task', id);
  const events = await db.taskEvent.findMany({
    where: { taskId: id, sequence: { gt: afterSequence } },
    orderBy: { sequence: 'asc' },
  });
  return events.map((event) => ({
    id: event.id,
    object: 'task_event',
    task_id: event.taskId,
    sequence: event.sequence,
    type: event.type,
    status: (event.snapshot as TaskSnapshot).status,
    data: event.data as Record<string, unknown>,
    created_at: event.createdAt.toISOString(),
  }));
}

/** The v0 prices of these tasks by ID; the caller must have checked permissions. */
export async function pricesOf(ids: readonly string[]): Promise<Map<string, Price>> {
  const rows = await db.task.findMany({
    where: { id: { in: [...ids] }, dialect: 'v0' },
    select: { id: true, price: true },
  });
  return new Map(rows.map(({ id, price }) => [id, price as unknown as Price]));
}

export async function findTaskByKey(
  organizationId: string,
  mode: Mode,
  idempotencyKey: string,
  reader: Pick<Tx, 'task'> = db,
): Promise<TaskRow | null> {
  return reader.task.findUnique({
    where: { organizationId_mode_idempotencyKey: { organizationId, mode, idempotencyKey } },
  });
}

/** The task as returned by its create, from its first event. */
export async function renderAsCreated(row: TaskRow): Promise<Task> {
  const first = await db.taskEvent.findUniqueOrThrow({
    where: { taskId_sequence: { taskId: row.id, sequence: 1 } },
  });
  return renderTask(row, first.snapshot as TaskSnapshot);
}

/** A webhook's content: the task as of one of its events. */
export interface TaskEventBody {
  id: string;
  type: string;
  organizationId: string;
  mode: Mode;
  createdAt: Date;
  /** The price of a v0 request; null for v1 tasks. */
  price: Price | null;
  task: Task;
}

const CARRY_OUTPUT = new Set(['task.verified', 'task.completed']);

/**
 * The tasks as of these events, by event ID. Only verified and completed ones contain the output.
 */
export async function taskEventBodies(
  tx: Reader,
  taskEventIds: readonly string[],
): Promise<Map<string, TaskEventBody>> {
  const events = await tx.taskEvent.findMany({
    where: { id: { in: [...taskEventIds] } },
    include: { task: true },
  });
  return new Map(
    events.map((event) => {
      const task = renderTask(event.task, event.snapshot as TaskSnapshot);
      const body: TaskEventBody = {
        id: event.id,
        type: event.type,
        organizationId: event.organizationId,
        mode: event.mode,
        createdAt: event.createdAt,
        price: event.task.price as Price | null,
        task: CARRY_OUTPUT.has(event.type) ? task : { ...task, output: null },
      };
      return [event.id, body];
    }),
  );
}
