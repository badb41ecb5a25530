import { holdSteps } from '@/server/features/ledger';
import { Prisma } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { outboxInsert } from '@/server/platform/outbox';
import type { TaskDraft } from './prepare-task';
import { renderTask, snapshotOf } from './render';
import type { Task, TaskSnapshot } from './schema';
import { searchEntriesOf } from './search-words';
import { taskOutboxRow } from './transition';

/** Runs the statement: by itself, or inside a transaction that has more to do. */
export type RunInsert = (
  statement: Prisma.Sql,
) => Promise<{ funded: boolean; created: string[] }[]>;

export interface InsertedTasks {
  /** Whether the balance covers all drafts together; where not, none was inserted. */
  funded: boolean;
  /** The tasks as they are now, by id; those whose idempotency key is taken are missing. */
  created: Map<string, Task>;
}

/**
 * Inserts tasks of one organization and mode with their first events, outbox rows and words to be
 * found by, and holds what they can cost, in one statement: either all of that is there or nothing,
 * and the customer waits for one round trip. They are all golds or re-votes, which nobody searches, or none is.
 * The balance is locked before anything is written, so two creates never wait for each other in a
 * ring.
 */
export async function insertTasks(
  run: RunInsert,
  drafts: readonly [TaskDraft, ...TaskDraft[]],
  by: string,
): Promise<InsertedTasks> {
  const begun = drafts.map((draft) => ({ draft, taskEventId: newId(), snapshot: firstOf(draft) }));
  // The platform pays for some re-votes, and holds nothing for them.
  const holds = begun
    .filter(({ draft }) => draft.heldSats > 0n)
    .map(({ draft }) => ({
      posting_id: newId(),
      task_id: draft.id,
      amount: draft.heldSats.toString(),
    }));
  const { funds, hold } = holdSteps(
    { ...drafts[0], isGold: drafts[0].reservedFor !== null },
    { wanted: Prisma.sql`wanted`, made: Prisma.sql`made` },
  );
  const tasks = drafts.map(taskRow);
  const taskColumns = columnsOf(taskRow(drafts[0]));
  const events = begun.map((each) => eventRow({ ...each, by }));
  const eventColumns = columnsOf(events[0] ?? {});
  const searched = drafts
    .filter((draft) => draft.reservedFor === null)
    .map((draft) => ({ task_id: draft.id, words: searchEntriesOf(draft) }));
  const facts = begun.map(({ draft, taskEventId }) =>
    taskOutboxRow(draft, taskEventId, 'task.created'),
  );
  const isCreated = Prisma.sql`(r.data ->> 'taskId')::uuid IN (SELECT id FROM created)`;
  const [row] = await run(Prisma.sql`
    WITH wanted AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(holds)}::jsonb)
               AS w(posting_id uuid, task_id uuid, amount bigint)
    ), ${funds}, created AS (
      INSERT INTO tasks (${taskColumns})
      SELECT ${taskColumns}
        FROM json_populate_recordset(NULL::tasks, ${JSON.stringify(tasks)}::json), funds
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
      ${outboxInsert(facts, isCreated)}
    ), made AS (
      SELECT wanted.* FROM wanted JOIN created ON created.id = wanted.task_id
    ), ${hold}
    SELECT EXISTS (SELECT FROM funds) AS funded,
           ARRAY(SELECT id::text FROM created) AS created`);
  const ids = new Set(row?.created);
  return {
    funded: row?.funded ?? false,
    created: new Map(
      begun
        .filter(({ draft }) => ids.has(draft.id))
        .map(({ draft, snapshot }) => [draft.id, renderTask(draft as DraftRow, snapshot)]),
    ),
  };
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

/** A new task's columns; what is left out has its default. */
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
});

const eventRow = (event: {
  draft: TaskDraft;
  taskEventId: string;
  snapshot: TaskSnapshot;
  by: string;
}) => ({
  id: event.taskEventId,
  task_id: event.draft.id,
  organization_id: event.draft.organizationId,
  mode: event.draft.mode,
  sequence: 1,
  type: 'task.created',
  actor: event.by,
  snapshot: event.snapshot,
  created_at: event.draft.createdAt,
});

/** The names a row gives, which are the columns to insert. */
const columnsOf = (row: object) =>
  Prisma.raw(
    Object.keys(row)
      .map((name) => `"${name}"`)
      .join(),
  );
