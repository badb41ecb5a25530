import type { WorkerActor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';

/** With fewer answers than this from all workers together, how long a type takes is unknown. */
const ANSWERS_MIN = 5;

/** A task type as one organization uses it: two that share a name share nothing else. */
export interface KindOfTask {
  organizationId: string;
  type: string;
}

/** How long a kind of task takes, and how much of the work is paid. */
export interface Pace {
  seconds: number;
  /** Share of the answers that were accepted, 0 to 1. */
  acceptedShare: number;
  /** Whose answers say so: this worker's own, or those of all workers. */
  from: 'own' | 'everyone';
}

interface Sums extends KindOfTask {
  own: boolean;
  secondsTotal: number;
  secondsCount: number;
  accepted: number;
  rejected: number;
}

/**
 * Estimates how long each kind of task takes this worker, from the worker's own accepted answers to
 * that organization's type or, without any, from all workers'. Kinds with too few answers are unknown.
 * @returns a look-up that gives the pace in seconds, or null where it is unknown.
 */
export async function paceOf(
  actor: WorkerActor,
  kinds: readonly KindOfTask[],
): Promise<(kind: KindOfTask) => Pace | null> {
  const wanted = [...new Map(kinds.map((kind) => [keyOf(kind), kind])).values()];
  if (wanted.length === 0) return () => null;
  const rows = await db.$queryRaw<Sums[]>`
    SELECT r.organization_id AS "organizationId", r.type,
           r.worker_id = ${actor.workerId}::uuid AS own,
           sum(r.seconds_total) AS "secondsTotal", sum(r.seconds_count)::int AS "secondsCount",
           sum(r.accepted)::int AS accepted, sum(r.rejected)::int AS rejected
      FROM unnest(${wanted.map((kind) => kind.organizationId)}::uuid[],
                  ${wanted.map((kind) => kind.type)}::text[]) AS wanted(organization_id, type)
      JOIN worker_type_records r
        ON r.organization_id = wanted.organization_id AND r.type = wanted.type
      JOIN workers w ON w.id = r.worker_id AND w.mode = ${actor.mode}::mode
     WHERE r.seconds_count > 0
     GROUP BY r.organization_id, r.type, own`;
  const sums = new Map<string, Sums[]>();
  for (const row of rows) sums.set(keyOf(row), [...(sums.get(keyOf(row)) ?? []), row]);
  return (kind) => {
    const all = sums.get(keyOf(kind)) ?? [];
    const own = all.find((row) => row.own);
    return own ? paceFrom([own], 'own') : paceFrom(all, 'everyone');
  };
}

function keyOf({ organizationId, type }: KindOfTask): string {
  return `${organizationId}:${type}`;
}

function paceFrom(rows: readonly Sums[], from: Pace['from']): Pace | null {
  const total = (field: 'secondsTotal' | 'secondsCount' | 'accepted' | 'rejected') =>
    rows.reduce((sum, row) => sum + row[field], 0);
  const answers = total('secondsCount');
  if (answers < (from === 'own' ? 1 : ANSWERS_MIN)) return null;
  const judged = total('accepted') + total('rejected');
  return {
    seconds: Math.max(1, total('secondsTotal') / answers),
    acceptedShare: judged === 0 ? 1 : total('accepted') / judged,
    from,
  };
}

/** What a task that pays `payoutSats` comes to an hour at this pace, rejections counted in. */
export function satsPerHourAt(pace: Pace, payoutSats: number): number {
  return Math.round((payoutSats * pace.acceptedShare * 3_600) / pace.seconds);
}
