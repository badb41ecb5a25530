import {
  type CapReached,
  type HoldOutcome,
  holdSteps,
  holdsRelation,
  openCounters,
  type WantedHold,
} from '@/server/features/ledger';
import { Prisma } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { type DatedOutboxRow, datedOutboxInsert, dateOutboxRow } from '@/server/platform/outbox';
import { deadlinesOf } from './deadline-timers';
import type { TaskDraft } from './prepare-task';
import { renderTask, snapshotOf } from './render';
import type { Task, TaskSnapshot } from './schema';
import { searchEntriesOf } from './search-words';
import { taskOutboxRow } from './transition';
import { afterShare, BACKUP_CALL } from './windows';

/** Runs a statement, standalone or within a transaction. */
export type Run = <Row extends object>(statement: Prisma.Sql) => Promise<Row[]>;

/** A draft with the IDs and rows derived from the instant of its insertion. */
export interface Insertion {
  draft: TaskDraft;
  hold: WantedHold;
  event: ReturnType<typeof eventRow>;
  told: DatedOutboxRow;
}

/** Prepares a draft at the current time with new IDs, for statements that insert several. */
export function prepareInsertion(draft: TaskDraft, by: string): Insertion {
  const { id: taskId, heldSats: amountSats, createdAt, createdBy } = draft;
  const taskEventId = newId();
  return {
    draft,
    hold: { postingId: newId(), taskId, amountSats, createdAt, createdBy },
    event: eventRow({ draft, taskEventId, by }),
    told: dateOutboxRow(
      taskOutboxRow(draft, taskEventId, 'task.created', { ...deadlinesOf(draft) }),
    ),
  };
}

export interface InsertedTasks {
  /** Why none was inserted: the balance, or a daily cap, does not cover all drafts. */
  refusal: 'funds' | CapReached | null;
  /** The inserted tasks by ID; those with a used idempotency key are missing. */
  created: Map<string, Task>;
}

/**
 * Inserts tasks of one organization and mode with their first events, outbox rows and search words,
 * holds their cost, and counts it towards the daily caps, atomically in one statement and round
 * trip. Either all or none are golds or re-votes, which are not searchable. Opens the spending
 * counters of a day's first task beforehand.
 */
export async function insertTasks(
  run: Run,
  insertions: readonly [Insertion, ...Insertion[]],
): Promise<InsertedTasks> {
  // Some re-votes are paid by the platform without a hold.
  const holds = insertions.map(({ hold }) => hold).filter(({ amountSats }) => amountSats > 0n);
  const statement = insertStatement(insertions, holds);
  let [row] = await run<InsertedRow>(statement);
  if (row && !row.countersOpen) {
    await run(openCounters(insertions[0].draft, holds));
    [row] = await run<InsertedRow>(statement);
  }
  const ids = new Set(row?.created);
  return {
    refusal: row?.funded ? (row.capsReached[0] ?? null) : 'funds',
    created: new Map(
      insertions
        .filter(({ draft }) => ids.has(draft.id))
        .map(({ draft, event }) => [draft.id, renderTask(draft as DraftRow, event.snapshot)]),
    ),
  };
}

interface InsertedRow extends HoldOutcome {
  created: string[];
}

function insertStatement(
  insertions: readonly [Insertion, ...Insertion[]],
  holds: readonly WantedHold[],
): Prisma.Sql {
  const [{ draft: first, event: firstEvent }] = insertions;
  const { grant, hold, outcome } = holdSteps(
    { ...first, isGold: first.reservedFor !== null },
    { wanted: Prisma.sql`wanted`, made: Prisma.sql`made` },
  );
  const tasks = insertions.map(({ draft }) => taskRow(draft));
  const taskColumns = columnsOf(taskRow(first));
  const events = insertions.map(({ event }) => event);
  const eventColumns = columnsOf(firstEvent);
  const searched = insertions
    .filter(({ draft }) => draft.reservedFor === null)
    .map(({ draft }) => ({ task_id: draft.id, words: searchEntriesOf(draft) }));
  const facts = insertions.map(({ told }) => told);
  const isCreated = Prisma.sql`(r.data ->> 'taskId')::uuid IN (SELECT id FROM created)`;
  return Prisma.sql`
    WITH wanted AS (SELECT * FROM ${holdsRelation(holds)}),
    ${grant}, created AS (
      INSERT INTO tasks (${taskColumns})
      SELECT ${taskColumns}
        FROM json_populate_recordset(NULL::tasks, ${JSON.stringify(tasks)}::json), granted
          ON CONFLICT (organization_id, mode, idempotency_key) DO NOTHING
      RETURNING id
    ), event AS (
      INSERT INTO task_events (${eventColumns})
      SELECT ${eventColumns}
        FROM json_populate_recordset(NULL::task_events, ${JSON.stringify(events)}::json)
       WHERE task_id IN (SELECT id FROM created)
    ), searchable AS (
      INSERT INTO task_search (task_id, words)
      SELECT task_id, array_to_tsvector(words)
        FROM json_to_recordset(${JSON.stringify(searched)}::json) AS s(task_id uuid, words text[])
       WHERE task_id IN (SELECT id FROM created)
    ), told AS (
      ${datedOutboxInsert(facts, isCreated)}
    ), made AS (
      SELECT wanted.* FROM wanted JOIN created ON created.id = wanted.task_id
    ), ${hold}
    SELECT ${outcome}, ARRAY(SELECT id::text FROM created) AS created`;
}

type DraftRow = Parameters<typeof renderTask>[0];

function firstOf(draft: TaskDraft): TaskSnapshot {
  return snapshotOf(
    {
      ...draft,
      status: 'posted',
      output: null,
      confidence: null,
      confidenceBasis: null,
      votesAccepted: 0,
      dissent: null,
      correction: null,
      verification: null,
      chargedSats: 0n,
      feeSats: 0n,
      failureCode: null,
      failureMessage: null,
      assignedAt: null,
      submittedAt: null,
      completedAt: null,
      updatedAt: draft.createdAt,
    },
    [],
  );
}

/** A new task's columns; omitted ones have defaults. */
const taskRow = (draft: TaskDraft) => ({
  id: draft.id,
  organization_id: draft.organizationId,
  mode: draft.mode,
  status: 'posted',
  type: draft.type,
  payload: draft.payload,
  output_schema: draft.outputSchema,
  instructions: draft.instructions,
  payout_sats: draft.payoutSats.toString(),
  sla_seconds: draft.slaSeconds,
  skills_required: draft.skillsRequired,
  risk_tier: draft.riskTier,
  min_votes: draft.minVotes,
  max_votes: draft.maxVotes,
  target_confidence: draft.targetConfidence,
  vote_value: draft.voteValue,
  on_low_confidence: draft.onLowConfidence,
  pool_organization_id: draft.poolOrganizationId,
  callback_url: draft.callbackUrl,
  metadata: draft.metadata,
  agent_guess: draft.agentGuess,
  on_timeout: draft.onTimeout,
  idempotency_key: draft.idempotencyKey,
  request_hash: draft.requestHash,
  sandbox: draft.sandbox,
  crowd_seats: draft.crowdSeats,
  dialect: draft.dialect,
  price: draft.price,
  created_by: draft.createdBy,
  traceparent: draft.traceparent,
  tracestate: draft.tracestate,
  gold_id: draft.goldId,
  appeal_id: draft.appealId,
  reserved_for: draft.reservedFor,
  held_sats: draft.heldSats.toString(),
  votes_wanted: draft.minVotes,
  open_seats: draft.minVotes,
  sequence: 1,
  created_at: draft.createdAt,
  updated_at: draft.createdAt,
  expires_at: draft.expiresAt,
  wakes_at: afterShare(BACKUP_CALL, draft),
});

const eventRow = (event: { draft: TaskDraft; taskEventId: string; by: string }) => ({
  id: event.taskEventId,
  task_id: event.draft.id,
  organization_id: event.draft.organizationId,
  mode: event.draft.mode,
  sequence: 1,
  type: 'task.created',
  actor: event.by,
  snapshot: firstOf(event.draft),
  created_at: event.draft.createdAt,
});

/** The columns to insert, from a row's keys. */
const columnsOf = (row: object) =>
  Prisma.raw(
    Object.keys(row)
      .map((name) => `"${name}"`)
      .join(),
  );
