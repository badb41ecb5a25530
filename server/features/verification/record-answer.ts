import type { Answer } from '@/prisma/generated/client';
import { ownSeconds, TIMES_KEPT } from '@/server/features/workers';
import { clock, wallClock } from '@/server/platform/clock';
import type { Tx } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { satsToNumber } from '@/server/platform/money';
import { togetherIn } from '@/server/platform/together';
import { textSignature } from './anomaly/min-hash';
import { freeTextOf } from './consensus/fields';
import type { TaskContext } from './load-context';
import { isGoldAnswered, recordGold } from './record-gold';
import { hasDoubts, reportDoubts } from './report-doubts';
import type { Judgement, Verdict } from './stage';
import { updateStanding } from './update-standing';

export interface JudgedAnswer {
  answer: Answer;
  judgement: Judgement;
}

/**
 * Records the judgement of a task's answers, and marks its reviewers' decisions as used by this
 * judgement, so that no other one uses them.
 */
export function recordAnswers(
  tx: Tx,
  task: TaskContext,
  judged: readonly JudgedAnswer[],
): Promise<void> {
  const now = clock.now();
  const taskId = task.row.id;
  return writeAnswers(tx, {
    task: { id: taskId, now },
    answers: judged.map((each) => ({ ...answerRow(task, each), now })),
    verdicts: judged.flatMap((each) =>
      verdictRows(each).map((row) => ({ ...row, task_id: taskId, now })),
    ),
  });
}

interface WrittenAnswers {
  task: object;
  answers: readonly object[];
  verdicts: readonly object[];
}

/** Same for several tasks, in one statement. */
const writeAnswers = togetherIn(async (tx, all: readonly WrittenAnswers[]) => {
  const tasks = JSON.stringify(all.map(({ task }) => task));
  const answers = JSON.stringify(all.flatMap((each) => each.answers));
  const verdicts = JSON.stringify(all.flatMap((each) => each.verdicts));
  await tx.$executeRaw`
    WITH stages AS (
      INSERT INTO verdicts AS v (id, answer_id, task_id, stage, verdict, reason_code, message, score,
                                 details, created_at)
      SELECT id, answer_id, task_id, stage, verdict, code, message, score,
             NULLIF(details, 'null'::jsonb), now
        FROM jsonb_to_recordset(${verdicts}::jsonb)
             AS s(id uuid, answer_id uuid, task_id uuid, stage text, verdict text, code text,
                  message text, score float8, details jsonb, now timestamptz)
          ON CONFLICT (answer_id, stage) DO UPDATE
             SET id = excluded.id, verdict = excluded.verdict, reason_code = excluded.reason_code,
                 message = excluded.message, score = excluded.score, details = excluded.details,
                 created_at = excluded.created_at
    ), applied AS (
      UPDATE reviews r SET applied_at = t.now
        FROM jsonb_to_recordset(${tasks}::jsonb) AS t(id uuid, now timestamptz)
       WHERE r.task_id = t.id AND r.blocking AND r.status = 'decided' AND r.applied_at IS NULL
    )
    UPDATE answers a
       SET status = j.status,
           -- Since when it stands as it does.
           judged_at = CASE WHEN a.status = j.status THEN a.judged_at ELSE j.now END, rejection_code = j.code,
           rejection_message = j.message, text_signature = j.signature
      FROM jsonb_to_recordset(${answers}::jsonb)
           AS j(id uuid, status answer_status, code text, message text, signature int[],
                now timestamptz)
     WHERE a.id = j.id`;
  return all.map(() => undefined);
});

function answerRow(task: TaskContext, { answer, judgement }: JudgedAnswer) {
  const isRejected = judgement.outcome === 'reject';
  const text = freeTextOf(task.facts.outputSchema, answer.output as never);
  const signature = textSignature(text, task.policy.anomaly.minTextChars) ?? [];
  return {
    id: answer.id,
    status: isRejected ? 'rejected' : 'accepted',
    code: isRejected ? (judgement.reason?.code ?? 'rejected') : null,
    message: isRejected ? (judgement.reason?.message ?? '') : null,
    // Postgres integers are signed; only the bits matter.
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

/**
 * Whether an answer is evidence about its worker in addition to being counted: if it is a gold, or
 * if a stage doubts the worker.
 */
export function saysOfWorker(task: TaskContext, each: JudgedAnswer): boolean {
  const { verdicts } = each.judgement;
  return isGoldAnswered(task, each) || asksForPause(verdicts) || hasDoubts(verdicts);
}

const asksForPause = (verdicts: readonly Verdict[]) =>
  verdicts.some(({ details }) => details?.pauseSkill === true);

/** Records an answer's evidence about its worker. */
export async function recordStanding(
  tx: Tx,
  task: TaskContext,
  { answer, judgement }: JudgedAnswer,
): Promise<void> {
  const counted = await recordGold(tx, task, { answer, judgement });
  await reportDoubts(tx, task, { answer, judgement });
  const asks = asksForPause(judgement.verdicts);
  if (counted || (asks && answer.status === 'pending')) await updateStanding(tx, task, answer);
}

/**
 * Counts answers in their workers' records, with their durations. An answer judged before has
 * already been counted.
 */
export function recordPaces(
  tx: Tx,
  { row: { organizationId, type, payoutSats } }: TaskContext,
  judged: readonly JudgedAnswer[],
): Promise<void> {
  const counted = judged.filter(({ answer }) => answer.status === 'pending');
  const paces = counted.map(({ answer, judgement }): Pace => {
    const accepted = judgement.outcome === 'reject' ? 0 : 1;
    return {
      ...{ workerId: answer.workerId, organizationId, type, accepted, rejected: 1 - accepted },
      seconds: accepted * (answer.elapsedMs / 1_000),
      ownSeconds: ownSeconds(answer),
      sats: satsToNumber(payoutSats),
      now: wallClock.now(),
    };
  });
  return addPaces(tx, paces);
}

interface Pace {
  workerId: string;
  organizationId: string;
  type: string;
  accepted: number;
  rejected: number;
  /** By the server's clock; 0 if it was rejected. */
  seconds: number;
  ownSeconds: number;
  sats: number;
  now: Date;
}

/** Locks records in a fixed order, to avoid deadlocks. */
const addPaces = togetherIn(async (tx, all: readonly (readonly Pace[])[]) => {
  const paces = all.flat();
  if (paces.length > 0) {
    await tx.$executeRaw`
      INSERT INTO worker_type_records AS r
             (worker_id, organization_id, type, accepted, rejected, seconds_total, seconds_count,
              recent_seconds, recent_sats, counted_at)
      SELECT "workerId", "organizationId", type, sum(accepted), sum(rejected), sum(seconds), sum(accepted),
             COALESCE(array_agg("ownSeconds") FILTER (WHERE accepted = 1), '{}'),
             COALESCE(array_agg(sats) FILTER (WHERE accepted = 1), '{}'), max(now)
        FROM jsonb_to_recordset(${JSON.stringify(paces)}::jsonb)
             AS p("workerId" uuid, "organizationId" uuid, type text, accepted int, rejected int,
                  seconds float8, "ownSeconds" float8, sats float8, now timestamptz)
       GROUP BY "workerId", "organizationId", type ORDER BY "workerId", "organizationId", type
          ON CONFLICT (worker_id, organization_id, type) DO UPDATE
         SET accepted = r.accepted + excluded.accepted, rejected = r.rejected + excluded.rejected,
             seconds_total = r.seconds_total + excluded.seconds_total,
             seconds_count = r.seconds_count + excluded.seconds_count,
             recent_seconds = (excluded.recent_seconds || r.recent_seconds)[1:${TIMES_KEPT}::int],
             recent_sats = (excluded.recent_sats || r.recent_sats)[1:${TIMES_KEPT}::int],
             counted_at = excluded.counted_at`;
  }
  return all.map(() => undefined);
});
