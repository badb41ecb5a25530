import { resolveTaskType } from '@/server/features/task-types';
import { type KindOfTask, type Pace, paceOf, satsPerHourAt } from '@/server/features/workers';
import type { WorkerActor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { db, Prisma } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { isUuid } from '@/server/platform/ids';
import { satsToNumber } from '@/server/platform/money';
import type { QueueFilter } from './schema';
import { takeable } from './takeable';

const SHOWN_MAX = 50;

/** An available task, as shown to a worker before claiming. */
export interface QueueItem {
  taskId: string;
  type: string;
  payoutSats: number;
  createdAt: Date;
  expiresAt: Date;
  /** Typical duration and hourly earnings; null with too few answers. */
  pace: (Pace & { satsPerHour: number }) | null;
}

type QueueRow = Omit<QueueItem, 'payoutSats' | 'pace'> & {
  organizationId: string;
  payoutSats: bigint;
  matching: number;
};

export interface QueuePage {
  items: QueueItem[];
  /** The total number matching the filter. */
  matching: number;
}

const ORDERS: Record<NonNullable<QueueFilter['order']>, Prisma.Sql> = {
  urgent: Prisma.sql`t.expires_at`,
  pay: Prisma.sql`t.payout_sats DESC, t.expires_at`,
  hourly: Prisma.sql`t.payout_sats * p.share / p.seconds DESC NULLS LAST, t.expires_at`,
};

/** The tasks this worker can take now, by default most urgent first; at most fifty. */
export async function listQueue(
  actor: WorkerActor,
  { type, minSats, maxMinutes, order = 'urgent' }: QueueFilter = {},
): Promise<QueuePage> {
  const ofType = type ? Prisma.sql`AND t.type = ${type}` : Prisma.empty;
  const kinds = await db.$queryRaw<KindOfTask[]>`
    SELECT DISTINCT t.organization_id AS "organizationId", t.type
      FROM tasks t
     WHERE ${takeable(actor, clock.now())} ${ofType}`;
  const paceFor = await paceOf(actor, kinds);
  const known = kinds.flatMap((kind) => {
    const pace = paceFor(kind);
    return pace ? [{ ...kind, ...pace }] : [];
  });
  const rows = await db.$queryRaw<QueueRow[]>`
    SELECT t.id AS "taskId", t.organization_id AS "organizationId", t.type, t.payout_sats AS "payoutSats", t.created_at AS "createdAt",
           t.expires_at AS "expiresAt", count(*) OVER ()::int AS matching
      FROM tasks t
      LEFT JOIN unnest(${known.map((each) => each.organizationId)}::uuid[],
                       ${known.map((each) => each.type)}::text[],
                       ${known.map((each) => each.seconds)}::float8[],
                       ${known.map((each) => each.acceptedShare)}::float8[])
             AS p(organization_id, type, seconds, share)
             ON p.organization_id = t.organization_id AND p.type = t.type
     WHERE ${takeable(actor, clock.now())}
       ${ofType}
       ${minSats ? Prisma.sql`AND t.payout_sats >= ${minSats}` : Prisma.empty}
       ${maxMinutes ? Prisma.sql`AND p.seconds <= ${maxMinutes * 60}` : Prisma.empty}
     ORDER BY ${ORDERS[order]}, t.id
     LIMIT ${SHOWN_MAX}`;
  return {
    matching: rows[0]?.matching ?? 0,
    // Workers do not see whose task it is.
    items: rows.map(({ matching: _, organizationId, ...row }) => {
      const payoutSats = satsToNumber(row.payoutSats);
      const pace = paceFor({ organizationId, type: row.type });
      return {
        ...row,
        payoutSats,
        pace: pace && { ...pace, satsPerHour: satsPerHourAt(pace, payoutSats) },
      };
    }),
  };
}

/** The number of tasks this worker can take now, by type. */
export async function countQueue(actor: WorkerActor): Promise<{ type: string; tasks: number }[]> {
  return db.$queryRaw<{ type: string; tasks: number }[]>`
    SELECT t.type, count(*)::int AS tasks
      FROM tasks t
     WHERE ${takeable(actor, clock.now())}
     GROUP BY t.type
     ORDER BY tasks DESC, t.type`;
}

/** A task's preview before taking it. */
export interface TaskPreview {
  taskId: string;
  title: string;
  instructions: string;
  payload: Record<string, unknown>;
  /** The type's display hints for payload fields. */
  payloadUi: Record<string, unknown>;
}

/**
 * Previews a task that this worker can take.
 * @throws NotFound if it is not, or no longer, in this worker's queue.
 */
export async function previewTask(
  actor: WorkerActor,
  { taskId }: { taskId: string },
): Promise<TaskPreview> {
  if (!isUuid(taskId)) throw new NotFound('task', taskId);
  const [row] = await db.$queryRaw<{ id: string }[]>`
    SELECT t.id FROM tasks t WHERE t.id = ${taskId}::uuid AND ${takeable(actor, clock.now())}`;
  if (!row) throw new NotFound('task', taskId);
  const task = await db.task.findUniqueOrThrow({ where: { id: taskId } });
  const type = await resolveTaskType(task);
  return {
    taskId,
    title: type?.title ?? task.type,
    instructions: task.instructions || (type?.instructions ?? ''),
    payload: task.payload as Record<string, unknown>,
    payloadUi: type?.payloadUi ?? {},
  };
}
