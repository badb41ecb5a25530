import type { WorkerActor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';

/** Fewer answers than these, by everybody together, say nothing of how long a type takes. */
const ANSWERS_MIN = 5;

/** How long a type takes, and how much of the work is paid. */
export interface Pace {
  seconds: number;
  /** Share of the answers that were accepted, 0 to 1. */
  acceptedShare: number;
  /** Whose answers say so: this worker's own, or those of all workers. */
  from: 'own' | 'everyone';
}

interface Sums {
  type: string;
  own: boolean;
  secondsTotal: number;
  secondsCount: number;
  accepted: number;
  rejected: number;
}

/**
 * How long each type takes this worker, by the worker's own accepted answers; where there are none
 * yet, by everybody's. A type that hardly anybody has answered is left out.
 */
export async function paceOf(
  actor: WorkerActor,
  types: readonly string[],
): Promise<Map<string, Pace>> {
  if (types.length === 0) return new Map();
  const rows = await db.$queryRaw<Sums[]>`
    SELECT r.type, r.worker_id = ${actor.workerId}::uuid AS own,
           sum(r.seconds_total) AS "secondsTotal", sum(r.seconds_count)::int AS "secondsCount",
           sum(r.accepted)::int AS accepted, sum(r.rejected)::int AS rejected
      FROM worker_type_records r
      JOIN workers w ON w.id = r.worker_id AND w.mode = ${actor.mode}::mode
     WHERE r.type = ANY(${[...new Set(types)]}::text[]) AND r.seconds_count > 0
     GROUP BY r.type, own`;
  const paces = new Map<string, Pace>();
  for (const type of types) {
    const all = rows.filter((row) => row.type === type);
    const own = all.find((row) => row.own);
    const pace = own ? paceFrom([own], 'own') : paceFrom(all, 'everyone');
    if (pace) paces.set(type, pace);
  }
  return paces;
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
