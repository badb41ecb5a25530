import { holdsSkills, inPool, trustedWith } from '@/server/features/workers';
import { clock } from '@/server/platform/clock';
import { hotQuery, Prisma } from '@/server/platform/db';
import { together } from '@/server/platform/together';
import type { Candidate } from './score';

/** An open task with those who could take it now. */
export interface Opening {
  openSeats: number;
  slaSeconds: number;
  expiresAt: Date;
  /** Whether a worker may be called in beside whoever has it: somebody has, and none was called yet. */
  takesBackup: boolean;
  /** Whether more workers could take it than those listed. */
  mayHaveMore: boolean;
  candidates: Candidate[];
}

type Row = Omit<Opening, 'candidates' | 'mayHaveMore'> &
  Omit<Candidate, 'idleSeconds'> & { n: number; lastAssignedAt: Date | null };

/** Of which task, and when that is asked. */
interface Asked {
  taskId: string;
  now: Date;
}

/** How many candidates are scored; more would change the choice little and cost more. */
const CANDIDATES_MAX = 40;

const OWNER = Prisma.sql`t.organization_id`;
const CLOSED_TO = Prisma.sql`t.pool_organization_id`;
const SEATS = Prisma.sql`t.crowd_seats`;

const ONLINE = Prisma.sql`w.mode = t.mode AND w.online AND w.status = 'active'`;

/** Those who take what is nobody's script: in the order of an index, so that the first few end the search. */
const READY = Prisma.sql`
  SELECT w.*, load.open
    FROM workers w
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS open FROM assignments a
       WHERE a.worker_id = w.id AND a.status IN ('offered', 'active')) load
   WHERE ${SEATS} IS NULL AND w.script_seat IS NULL AND ${ONLINE} AND load.open < w.capacity
     AND ${mayTake()}
   ORDER BY w.on_call DESC, w.last_assigned_at NULLS FIRST
   LIMIT ${CANDIDATES_MAX}`;

/** The workers of the organization's script, whatever else they hold. */
const SCRIPTED = Prisma.sql`
  SELECT w.*, 0 AS open
    FROM workers w
   WHERE w.scripted_for = ${OWNER} AND w.script_seat < ${SEATS} AND ${ONLINE} AND ${mayTake()}
   ORDER BY w.script_seat
   LIMIT ${CANDIDATES_MAX}`;

/** The candidates of `tasks t`. */
const CANDIDATES = Prisma.sql`
  SELECT w.id AS "workerId", w.on_call AS "onCall", w.reliability, w.capacity,
         w.last_assigned_at AS "lastAssignedAt", w.script_seat AS "scriptSeat", w.open,
         CASE WHEN r.seconds_count > 0 THEN r.seconds_total / r.seconds_count END AS "secondsMean"
    FROM ((${READY}) UNION ALL (${SCRIPTED})) w
    LEFT JOIN worker_type_records r ON r.worker_id = w.id AND r.organization_id = ${OWNER}
     AND r.type = t.type`;

/** Whether `workers w` may take `tasks t` and never had it. */
function mayTake(): Prisma.Sql {
  return Prisma.sql`
    ${trustedWith(OWNER, Prisma.sql`t.type`, Prisma.sql`t.risk_tier`)}
    AND (t.reserved_for IS NULL OR w.id = t.reserved_for)
    AND ${inPool(OWNER, CLOSED_TO)}
    AND ${holdsSkills(Prisma.sql`t.skills_required`, OWNER)}
    AND NOT EXISTS (SELECT 1 FROM assignments had
                     WHERE had.task_id = t.id AND had.worker_id = w.id)`;
}

/**
 * The task and the workers who could take it now, by one indexed query: online, active, below
 * capacity, allowed its tier, not paused for its type, holding every skill, in its pool, and never on
 * this task before; or the scripted workers whose task it is, who take whatever comes. What is sown has one
 * candidate at the most: the worker it is for.
 * @returns null where the task is no longer open, or nobody could.
 */
export function findOpening(taskId: string): Promise<Opening | null> {
  return findTogether({ taskId, now: clock.now() });
}

const findTogether = together(
  async (asked: readonly Asked[]): Promise<(Opening | null)[]> => {
    const rows = await hotQuery<Row>(Prisma.sql`
    SELECT asked.n::int AS n, t.open_seats AS "openSeats", t.sla_seconds AS "slaSeconds",
           t.expires_at AS "expiresAt",
           t.status = 'assigned' AND t.backup_called_at IS NULL AS "takesBackup", c.*
      FROM unnest(${asked.map((each) => each.taskId)}::uuid[], ${asked.map((each) => each.now)}::timestamptz[])
           WITH ORDINALITY AS asked(task_id, now, n)
      JOIN tasks t ON t.id = asked.task_id AND t.status IN ('posted', 'assigned')
       AND t.expires_at > asked.now
      CROSS JOIN LATERAL (${CANDIDATES}) c`);
    const rowsOf = new Map<number, Row[]>();
    for (const row of rows) {
      const own = rowsOf.get(row.n);
      if (own) own.push(row);
      else rowsOf.set(row.n, [row]);
    }
    return asked.map(({ now }, n) => openingOf(rowsOf.get(n + 1) ?? [], now));
  },
  { atOnce: 2 },
);

function openingOf(rows: readonly Row[], now: Date): Opening | null {
  const [first] = rows;
  if (!first) return null;
  return {
    openSeats: first.openSeats,
    slaSeconds: first.slaSeconds,
    expiresAt: first.expiresAt,
    takesBackup: first.takesBackup,
    mayHaveMore: rows.length === CANDIDATES_MAX,
    candidates: rows.map((row) => ({
      workerId: row.workerId,
      scriptSeat: row.scriptSeat,
      onCall: row.onCall,
      reliability: row.reliability,
      capacity: row.capacity,
      open: row.open,
      secondsMean: row.secondsMean,
      idleSeconds: row.lastAssignedAt
        ? (now.getTime() - row.lastAssignedAt.getTime()) / 1000
        : null,
    })),
  };
}
