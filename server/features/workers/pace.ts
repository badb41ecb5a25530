import type { WorkerActor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';

/** Minimum answers of all workers together to estimate a type's pace. */
export const ANSWERS_MIN = 5;
/** Minimum answers to use a worker's own pace instead of everyone's. */
const OWN_MIN = 3;

/** A task type of one organization: types of the same name in other organizations are unrelated. */
export interface KindOfTask {
  organizationId: string;
  type: string;
}

/** How long a kind of task takes, and which share of the work is paid. */
export interface Pace {
  /** The median own time; see `ownSeconds`. */
  seconds: number;
  /** Share of accepted answers, 0 to 1. */
  acceptedShare: number;
  /** Based on this worker's own answers, or on all workers'. */
  from: 'own' | 'everyone';
}

type Row = KindOfTask & Pace;

/**
 * Estimates how long each kind of task takes this worker: the median of their own latest accepted
 * answers to that organization's type or, with fewer than three, of all workers'. Unknown with too
 * few answers.
 * @returns a look-up of the pace, or null if unknown.
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

/** The hourly earnings from tasks that pay `payoutSats` at this pace, including rejections. */
export function satsPerHourAt(pace: Pace, payoutSats: number): number {
  return Math.round((payoutSats * pace.acceptedShare * 3_600) / pace.seconds);
}
