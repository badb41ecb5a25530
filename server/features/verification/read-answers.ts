/** Reads the answers of tasks that are to be judged, with what those who gave them did before. */
import type { Answer } from '@/prisma/generated/client';
import { canBeAnswered } from '@/server/features/routing';
import { clock } from '@/server/platform/clock';
import { hotQuery, Prisma } from '@/server/platform/db';
import { numberedPairs } from '@/server/platform/sql-lists';
import { together } from '@/server/platform/together';
import { type GoldRecord, NO_GOLDS } from './gold-tally';

/** Payloads and outputs can be large, and what one statement reads is parsed in one turn of the event loop. */
export const READ_AT_ONCE = { most: 20 };

/** What the worker of an answer did before it. */
interface Past {
  /** Answers of any type in the last hour; 0 of a simulated worker, who has no pace to be held to. */
  lastHour: number;
  record: GoldRecord;
  isSimulated: boolean;
  /** The worker's place in a scripted crowd; null of everybody else. */
  scriptSeat: number | null;
}

/** An answer as a judgement reads it. */
export type GivenAnswer = Answer & { past: Past };

export interface GivenAnswers {
  /** Those that are judged or stand, in the order of their coming. */
  answers: readonly GivenAnswer[];
  /** A reviewer has decided what no judgement has heard yet. */
  isDecided: boolean;
  /** Somebody is there who could give one more; only known where more may be bought. */
  canBeAnswered: boolean;
}

interface Asked {
  taskId: string;
  now: Date;
}

type Row = Answer &
  Omit<Past, 'record'> &
  Pick<GivenAnswers, 'isDecided' | 'canBeAnswered'> & { n: number; record: GoldRecord | null };

const COLUMNS = Prisma.sql`
  a.id::text AS id, a.assignment_id::text AS "assignmentId", a.task_id::text AS "taskId",
  a.worker_id::text AS "workerId", a.organization_id::text AS "organizationId", a.mode::text AS mode, a.type,
  a.output, a.status::text AS status, a.elapsed_ms AS "elapsedMs", a.telemetry,
  a.device_hash AS "deviceHash", a.network_hash AS "networkHash", a.text_signature AS "textSignature",
  a.checked, a.rejection_code AS "rejectionCode", a.rejection_message AS "rejectionMessage",
  a.created_at AS "createdAt", a.judged_at AS "judgedAt"`;

/** What the worker of `answers a` did until `asked.now`. A person's hour is one for all who ask. */
const PAST = Prisma.sql`
  coalesce(w.simulated, false) AS "isSimulated", w.script_seat AS "scriptSeat",
  CASE WHEN w.simulated THEN 0 ELSE
    (SELECT count(*)::int FROM answers b
      WHERE b.worker_id = a.worker_id AND b.created_at > asked.now - interval '1 hour'
        AND (a.mode = 'live' OR b.organization_id = a.organization_id)) END AS "lastHour",
  (SELECT json_build_object(
            'goldCorrect', gold_correct, 'goldTotal', gold_total, 'goldScore', gold_score,
            'pastCorrect', past_correct, 'pastTotal', past_total, 'pastScore', past_score)
     FROM worker_type_records r
    WHERE r.worker_id = a.worker_id AND r.organization_id = a.organization_id
      AND r.type = a.type) AS record`;

/** The answers of a task, by the clock of who asks. */
export function findAnswers(taskId: string): Promise<GivenAnswers> {
  return findTogether({ taskId, now: clock.now() });
}

const findTogether = together(async (asked: readonly Asked[]) => {
  const rows = await hotQuery<Row>(Prisma.sql`
    SELECT asked.n::int AS n, task.*, ${COLUMNS}, ${PAST}
      FROM ${numberedPairs(
        ['uuid', 'timestamptz'],
        asked.map(({ taskId, now }) => [taskId, now]),
      )} AS asked(task_id, now, n)
     CROSS JOIN LATERAL (
       SELECT EXISTS (SELECT FROM reviews r WHERE r.task_id = t.id AND r.blocking
                         AND r.status = 'decided' AND r.applied_at IS NULL) AS "isDecided",
              t.max_votes > 1 AND ${canBeAnswered(Prisma.sql`asked.now`)} AS "canBeAnswered"
         FROM tasks t WHERE t.id = asked.task_id) task
      JOIN answers a ON a.task_id = asked.task_id AND a.status IN ('pending', 'accepted')
      LEFT JOIN workers w ON w.id = a.worker_id
     ORDER BY a.id`);
  return asked.map((_, at): GivenAnswers => {
    const own = rows.filter(({ n }) => n === at + 1);
    const [first] = own;
    return {
      answers: own.map(givenOf),
      isDecided: first?.isDecided ?? false,
      canBeAnswered: first?.canBeAnswered ?? false,
    };
  });
}, READ_AT_ONCE);

function givenOf(row: Row): GivenAnswer {
  const { n: _n, isDecided: _decided, canBeAnswered: _can, ...rest } = row;
  const { lastHour, record, isSimulated, scriptSeat, ...answer } = rest;
  return { ...answer, past: { lastHour, record: record ?? NO_GOLDS, isSimulated, scriptSeat } };
}
