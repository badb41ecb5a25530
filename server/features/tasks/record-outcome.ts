import type { Task as TaskRow } from '@/prisma/generated/client';
import type { Tx } from '@/server/platform/db';

/** What only the judgement can tell of a task's end. */
export interface JudgedOutcome {
  /** Whether the verified output says what the agent had guessed; null without a guess. */
  guessRight: boolean | null;
  /** A label for each accepted answer, where there are two or more. */
  voteLabels: string[];
}

/** The order in which a task's outcome counts the rejections of the stages. */
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
 * Writes what became of a task that has just ended, for the charts: one narrow row, so that adding
 * up a hundred thousand of them does not read a hundred thousand payloads.
 */
export async function recordOutcome(
  tx: Tx,
  task: EndedTask,
  { guessRight, voteLabels }: JudgedOutcome = { guessRight: null, voteLabels: [] },
): Promise<void> {
  const since = (then: Date | null) =>
    then ? (then.getTime() - task.createdAt.getTime()) / 1_000 : null;
  const guess = task.agentGuess as { confidence?: unknown } | null;
  const confidence = typeof guess?.confidence === 'number' ? guess.confidence : null;
  await tx.$executeRaw`
    INSERT INTO task_outcomes (
      task_id, organization_id, mode, type, status, created_at, seconds, wait_seconds, sla_seconds,
      held_sats, charged_sats, fee_sats, votes, answers, stage_rejections, guess_confidence,
      guess_right, vote_labels)
    SELECT ${task.id}::uuid, ${task.organizationId}::uuid, ${task.mode}::mode, ${task.type},
           ${task.status}::task_status, ${task.createdAt}, ${since(task.completedAt) ?? 0},
           ${since(task.assignedAt)}, ${task.slaSeconds}::int, ${task.heldSats}::bigint,
           ${task.chargedSats}::bigint, ${task.feeSats}::bigint, ${task.votesAccepted}::int,
           (SELECT count(*) FROM answers a WHERE a.task_id = ${task.id}::uuid),
           ARRAY(
             SELECT (SELECT count(*)::int FROM verdicts v
                      WHERE v.task_id = ${task.id}::uuid AND v.stage = s.stage AND v.verdict = 'reject')
               FROM unnest(${STAGES}::text[]) WITH ORDINALITY AS s(stage, place) ORDER BY place),
           ${confidence}, ${guessRight}, ${voteLabels}::text[]
        ON CONFLICT (task_id) DO NOTHING`;
}
