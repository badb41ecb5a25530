import type { Answer } from '@/prisma/generated/client';
import { clock } from '@/server/platform/clock';
import type { Tx } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { textSignature } from './anomaly/min-hash';
import { freeTextOf } from './consensus/fields';
import type { TaskContext } from './load-context';
import { recordGold } from './record-gold';
import { reportDoubts } from './report-doubts';
import type { Judgement } from './stage';
import { updateStanding } from './update-standing';

export interface JudgedAnswer {
  answer: Answer;
  judgement: Judgement;
}

/**
 * Records what was made of a task's answers, and that what reviewers decided of it so far has led to this
 * judgement, and leads to no other; in one statement.
 */
export async function recordAnswers(
  tx: Tx,
  task: TaskContext,
  judged: readonly JudgedAnswer[],
): Promise<void> {
  const now = clock.now();
  const answers = judged.map((each) => answerRow(task, each));
  const verdicts = judged.flatMap(verdictRows);
  const taskId = task.row.id;
  await tx.$executeRaw`
    WITH judged AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(answers)}::jsonb)
               AS j(id uuid, status answer_status, code text, message text, signature int[])
    ), stages AS (
      INSERT INTO verdicts AS v (id, answer_id, task_id, stage, verdict, reason_code, message, score,
                                 details, created_at)
      SELECT id, answer_id, ${taskId}::uuid, stage, verdict, code, message, score,
             NULLIF(details, 'null'::jsonb), ${now}
        FROM jsonb_to_recordset(${JSON.stringify(verdicts)}::jsonb)
             AS s(id uuid, answer_id uuid, stage text, verdict text, code text, message text,
                  score float8, details jsonb)
          ON CONFLICT (answer_id, stage) DO UPDATE
             SET id = excluded.id, verdict = excluded.verdict, reason_code = excluded.reason_code,
                 message = excluded.message, score = excluded.score, details = excluded.details,
                 created_at = excluded.created_at
    ), applied AS (
      UPDATE reviews SET applied_at = ${now}
       WHERE task_id = ${taskId}::uuid AND blocking AND status = 'decided' AND applied_at IS NULL
    )
    UPDATE answers a
       SET status = j.status, judged_at = ${now}, rejection_code = j.code,
           rejection_message = j.message, text_signature = j.signature
      FROM judged j WHERE a.id = j.id`;
}

function answerRow(task: TaskContext, { answer, judgement }: JudgedAnswer) {
  const isRejected = judgement.outcome === 'reject';
  const text = freeTextOf(task.facts.outputSchema, answer.output as never);
  const signature = textSignature(text, task.policy.anomaly.minTextChars) ?? [];
  return {
    id: answer.id,
    status: isRejected ? 'rejected' : 'accepted',
    code: isRejected ? (judgement.reason?.code ?? 'rejected') : null,
    message: isRejected ? (judgement.reason?.message ?? '') : null,
    // Postgres integers are signed; the bits are what counts.
    signature: signature.map((value) => value | 0),
  };
}

function verdictRows({ answer, judgement }: JudgedAnswer) {
  return judgement.verdicts.map(({ stage, verdict, reason, score, details }) => ({
    id: newId(),
    answer_id: answer.id,
    ...{ stage, verdict, code: reason?.code ?? null, message: reason?.message ?? null },
    ...{ score: score ?? null, details: details ?? null },
  }));
}

/** What an answer says of its worker: where it is a gold, and where a stage asked for a pause. */
export async function recordStanding(
  tx: Tx,
  task: TaskContext,
  { answer, judgement }: JudgedAnswer,
): Promise<void> {
  const counted = await recordGold(tx, task, { answer, judgement });
  await reportDoubts(tx, task, { answer, judgement });
  const asks = judgement.verdicts.some(({ details }) => details?.pauseSkill === true);
  if (counted || (asks && answer.status === 'pending')) await updateStanding(tx, task, answer);
}

/**
 * Counts answers in the records of their workers, and how long they took. One that was judged before has
 * been counted.
 * @param judged In the order of the workers' ids, in which their records are locked.
 */
export async function recordPaces(
  tx: Tx,
  { row: { organizationId, type } }: TaskContext,
  judged: readonly JudgedAnswer[],
): Promise<void> {
  const counted = judged.filter(({ answer }) => answer.status === 'pending');
  if (counted.length === 0) return;
  const accepted = counted.map(({ judgement }) => (judgement.outcome === 'reject' ? 0 : 1));
  const seconds = counted.map(({ answer }, n) => (accepted[n] ? answer.elapsedMs / 1_000 : 0));
  await tx.$executeRaw`
    INSERT INTO worker_type_records AS r
           (worker_id, organization_id, type, accepted, rejected, seconds_total, seconds_count)
    SELECT worker_id, ${organizationId}::uuid, ${type}, accepted, 1 - accepted, seconds, accepted
      FROM unnest(${counted.map(({ answer }) => answer.workerId)}::uuid[], ${accepted}::int[],
                  ${seconds}::float8[]) AS c(worker_id, accepted, seconds)
        ON CONFLICT (worker_id, organization_id, type) DO UPDATE
       SET accepted = r.accepted + excluded.accepted, rejected = r.rejected + excluded.rejected,
           seconds_total = r.seconds_total + excluded.seconds_total,
           seconds_count = r.seconds_count + excluded.seconds_count`;
}
