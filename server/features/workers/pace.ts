import type { WorkerActor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';

/** With fewer answers than this from all workers together, how long a type takes is unknown. */
export const ANSWERS_MIN = 5;
/** A worker's own pace is told from this many answers on; before, it is everyone's. */
const OWN_MIN = 3;

/** A task type as one organization uses it: two that share a name share nothing else. */
export interface KindOfTask {
  organizationId: string;
  type: string;
}

/** How long a kind of task takes, and how much of the work is paid. */
export interface Pace {
  /** The median of own time, see `ownSeconds`. */
  seconds: number;
  /** Share of the answers that were accepted, 0 to 1. */
  acceptedShare: number;
  /** Whose answers say so: this worker's own, or those of all workers. */
  from: 'own' | 'everyone';
}

type Row = KindOfTask & Pace;

/**
 * Estimates how long each kind of task takes this worker: the median of the worker's own latest accepted answers
 * to that organization's type or, with fewer than three, of all workers'. Kinds with too few answers are unknown.
 * @returns a look-up that gives the pace, or null where it is unknown.
 */
export async function paceOf(
  actor: WorkerActor,
  kinds: readonly KindOfTask[],
): Promise<(kind: KindOfTask) => Pace | null> {
  const wanted = [...new Map(kinds.map((kind) => [keyOf(kind), kind])).values()];
  if (wanted.length === 0) return () => null;
  const rows = await db.$queryRaw<Row[]>`
    WITH wanted AS (
      SELECT * FROM unnest(${wanted.map((kind) => kind.organizationId)}::uuid[],
                           ${wanted.map((kind) => kind.type)}::text[]) AS w(organization_id, type)
    )
    SELECT p.organization_id AS "organizationId", p.type, p.seconds,
           p.accepted_share AS "acceptedShare", 'everyone' AS "from"
      FROM wanted JOIN type_paces p
        ON p.organization_id = wanted.organization_id AND p.type = wanted.type
       AND p.mode = ${actor.mode}::mode
     WHERE p.answers >= ${ANSWERS_MIN}
     UNION ALL
    SELECT r.organization_id, r.type,
           (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY s) FROM unnest(r.recent_seconds) AS s),
           r.accepted::float8 / GREATEST(1, r.accepted + r.rejected), 'own'
      FROM wanted JOIN worker_type_records r
        ON r.worker_id = ${actor.workerId}::uuid
       AND r.organization_id = wanted.organization_id AND r.type = wanted.type
     WHERE cardinality(r.recent_seconds) >= ${OWN_MIN}`;
  const of = (from: Pace['from']) =>
    new Map(
      rows
        .filter((row) => row.from === from)
        .map(({ organizationId, type, ...pace }) => [keyOf({ organizationId, type }), pace]),
    );
  const [own, everyones] = [of('own'), of('everyone')];
  return (kind) => own.get(keyOf(kind)) ?? everyones.get(keyOf(kind)) ?? null;
}

function keyOf({ organizationId, type }: KindOfTask): string {
  return `${organizationId}:${type}`;
}

/** What a task that pays `payoutSats` comes to an hour at this pace, rejections counted in. */
export function satsPerHourAt(pace: Pace, payoutSats: number): number {
  return Math.round((payoutSats * pace.acceptedShare * 3_600) / pace.seconds);
}
