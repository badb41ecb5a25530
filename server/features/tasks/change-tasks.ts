/** Updates tasks, batched into one statement if a transaction changes several. */
import type { Task as TaskRow, TaskStatus } from '@/prisma/generated/client';
import { Prisma } from '@/server/platform/db';
import { togetherIn } from '@/server/platform/together';
import { EVENTFUL_COLUMNS } from './lock-task';

/** The task's row after a change, for events, outcomes and holds. */
export type MovedTask = Omit<
  TaskRow,
  | 'payload'
  | 'outputSchema'
  | 'instructions'
  | 'metadata'
  | 'onTimeout'
  | 'sandbox'
  | 'price'
  | 'requestHash'
  | 'idempotencyKey'
  | 'callbackUrl'
  | 'dialect'
  | 'skillsRequired'
>;

/** Columns that can be set, with their types. Documents are passed as text to keep key order. */
const SETTABLE = {
  openSeats: ['open_seats', 'int'],
  votesWanted: ['votes_wanted', 'int'],
  votesAccepted: ['votes_accepted', 'int'],
  rejections: ['rejections', 'int'],
  output: ['output', 'json'],
  confidence: ['confidence', 'float8'],
  confidenceBasis: ['confidence_basis', 'confidence_basis'],
  dissent: ['dissent', 'json'],
  correction: ['correction', 'json'],
  verification: ['verification', 'json'],
  chargedSats: ['charged_sats', 'bigint'],
  feeSats: ['fee_sats', 'bigint'],
  failureCode: ['failure_code', 'text'],
  failureMessage: ['failure_message', 'text'],
  submittedAt: ['submitted_at', 'timestamptz'],
  completedAt: ['completed_at', 'timestamptz'],
  settledAt: ['settled_at', 'timestamptz'],
} as const satisfies Partial<Record<keyof TaskRow, readonly [string, string]>>;

type Settable = keyof typeof SETTABLE;
type Document = 'output' | 'dissent' | 'correction' | 'verification';

/** Omitted columns are unchanged; an undefined document is null. */
export type TaskSet = Partial<Omit<Pick<TaskRow, Settable>, Document>> & {
  [K in Document]?: unknown;
};

export interface TaskChange {
  id: string;
  /** Only if it has one of these statuses; any by default. */
  from?: readonly TaskStatus[];
  /** Only if it is reserved for one worker who has not taken it. */
  isUntaken?: boolean;
  status?: TaskStatus;
  /** The number of events to record. */
  events: number;
  at: Date;
  set: TaskSet;
}

const NAMES = Object.keys(SETTABLE) as Settable[];
const typeIn = (name: Settable) => SETTABLE[name][1];

const assignments = NAMES.map((name) => {
  const [column, type] = SETTABLE[name];
  return `${column} = CASE WHEN c."sets" ? '${name}' THEN c."${name}"::${type} ELSE t.${column} END`;
}).join(', ');

/** Casts a document's text, non-JSON numbers, and everything else to the column types. */
const columns = NAMES.map(
  (name) => `"${name}" ${typeIn(name) === 'json' ? 'text' : typeIn(name)}`,
).join(', ');

const RETURNED = Prisma.sql`
  ${EVENTFUL_COLUMNS}, t.payout_sats AS "payoutSats", t.risk_tier::text AS "riskTier",
  t.min_votes AS "minVotes", t.max_votes AS "maxVotes",
  t.target_confidence AS "targetConfidence", t.vote_value AS "voteValue",
  t.on_low_confidence::text AS "onLowConfidence",
  t.pool_organization_id::text AS "poolOrganizationId", t.agent_guess AS "agentGuess",
  t.crowd_seats AS "crowdSeats", t.gold_id::text AS "goldId", t.appeal_id::text AS "appealId",
  t.rejections, t.created_at AS "createdAt", t.created_by AS "createdBy", t.settled_at AS "settledAt",
  t.backup_called_at AS "backupCalledAt"`;

/**
 * Changes a task. Changes of a transaction in the same tick are batched into one statement, each
 * task once.
 * @returns the updated row; null if the conditions did not hold.
 */
export const changeTask = togetherIn(async (tx, changes: readonly TaskChange[]) => {
  const rows = await tx.$queryRaw<MovedTask[]>`
    UPDATE tasks t
       SET status = coalesce(c.status, t.status), sequence = t.sequence + c.events,
           updated_at = c.at, ${Prisma.raw(assignments)}
      FROM jsonb_to_recordset(${JSON.stringify(changes.map(rowOf))}::jsonb)
           AS c(id uuid, "from" task_status[], "isUntaken" boolean, status task_status, events int,
                at timestamptz, sets jsonb, ${Prisma.raw(columns)})
     WHERE t.id = c.id AND (c."from" IS NULL OR t.status = ANY(c."from"))
       AND (c."isUntaken" IS NOT TRUE OR (t.reserved_for IS NOT NULL AND t.open_seats > 0))
    RETURNING ${RETURNED}`;
  const byId = new Map(rows.map((row) => [row.id, row]));
  return changes.map(({ id }) => byId.get(id) ?? null);
});

function rowOf({ set, ...change }: TaskChange) {
  const given = NAMES.filter((name) => name in set);
  const values = given.map((name) => {
    const value = set[name];
    if (typeIn(name) === 'json') {
      return [name, value === undefined ? null : JSON.stringify(value)] as const;
    }
    return [name, typeof value === 'bigint' ? value.toString() : value] as const;
  });
  return { ...change, sets: given, ...Object.fromEntries(values) };
}
