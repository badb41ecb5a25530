import type { Task as TaskRow } from '@/prisma/generated/client';
import { Prisma } from '@/server/platform/db';

/** The parts of an outcome that only the judgement knows. */
export interface JudgedOutcome {
  /** Whether the verified output agrees with the agent's guess; null without one. */
  guessRight: boolean | null;
  /** A label per accepted answer, if there are two or more. */
  voteLabels: string[];
}

/** The order of the stages in an outcome's rejection counts. */
const STAGES = ['schema', 'rules', 'anomaly', 'gold', 'consensus', 'qa'];

type EndedTask = Pick<
  TaskRow,
  | 'id'
  | 'organizationId'
  | 'mode'
  | 'type'
  | 'status'
  | 'createdAt'
  | 'completedAt'
  | 'assignedAt'
  | 'slaSeconds'
  | 'heldSats'
  | 'chargedSats'
  | 'feeSats'
  | 'votesAccepted'
  | 'agentGuess'
>;

/**
 * Drafts an ended task's outcome for charts: one narrow row, so that aggregating a hundred thousand
 * of them does not read their payloads.
 */
export function draftOutcome(
  task: EndedTask,
  { guessRight, voteLabels }: JudgedOutcome = { guessRight: null, voteLabels: [] },
): object {
  const since = (then: Date | null) =>
    then ? (then.getTime() - task.createdAt.getTime()) / 1_000 : null;
  const guess = task.agentGuess as { confidence?: unknown } | null;
  return {
    task_id: task.id,
    organization_id: task.organizationId,
    ...{ mode: task.mode, type: task.type, status: task.status, created_at: task.createdAt },
    seconds: since(task.completedAt) ?? 0,
    wait_seconds: since(task.assignedAt),
    sla_seconds: task.slaSeconds,
    held_sats: task.heldSats.toString(),
    charged_sats: task.chargedSats.toString(),
    fee_sats: task.feeSats.toString(),
    votes: task.votesAccepted,
    guess_confidence: typeof guess?.confidence === 'number' ? guess.confidence : null,
    guess_right: guessRight,
    vote_labels: voteLabels,
  };
}

/** Inserts drafted outcomes, as a common table expression; at most one per task. */
export const outcomesInsert = (outcomes: readonly object[]): Prisma.Sql => Prisma.sql`
    INSERT INTO task_outcomes (
      task_id, organization_id, mode, type, status, created_at, seconds, wait_seconds, sla_seconds,
      held_sats, charged_sats, fee_sats, votes, answers, stage_rejections, guess_confidence,
      guess_right, vote_labels)
    SELECT task_id, organization_id, mode, type, status, created_at, seconds, wait_seconds,
           sla_seconds, held_sats, charged_sats, fee_sats, votes,
           (SELECT count(*) FROM answers a WHERE a.task_id = o.task_id),
           ARRAY(
             SELECT (SELECT count(*)::int FROM verdicts v
                      WHERE v.task_id = o.task_id AND v.stage = s.stage AND v.verdict = 'reject')
               FROM unnest(${STAGES}::text[]) WITH ORDINALITY AS s(stage, place) ORDER BY place),
           guess_confidence, guess_right, vote_labels
      FROM jsonb_to_recordset(${JSON.stringify(outcomes)}::jsonb)
           AS o(task_id uuid, organization_id uuid, mode mode, type text, status task_status,
                created_at timestamptz, seconds float8, wait_seconds float8, sla_seconds int,
                held_sats bigint, charged_sats bigint, fee_sats bigint, votes int,
                guess_confidence float8, guess_right boolean, vote_labels text[])
        ON CONFLICT (task_id) DO NOTHING`;
