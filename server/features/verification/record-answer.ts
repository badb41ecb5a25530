import type { Answer } from '@/prisma/generated/client';
import { Prisma } from '@/prisma/generated/client';
import { clock } from '@/server/platform/clock';
import type { Tx } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { jsonColumn } from '@/server/platform/json-column';
import { textSignature } from './anomaly/min-hash';
import { freeTextOf } from './consensus/fields';
import type { TaskContext } from './load-context';
import { recordGold } from './record-gold';
import { reportDoubts } from './report-doubts';
import type { Judgement } from './stage';
import { updateStanding } from './update-standing';

/** Records what was made of one answer, the pace of its worker, and what it says where it is a gold. */
export async function recordAnswer(
  tx: Tx,
  task: TaskContext,
  { answer, judgement }: { answer: Answer; judgement: Judgement },
): Promise<void> {
  const now = clock.now();
  const rejected = judgement.outcome === 'reject';
  await tx.verdict.deleteMany({ where: { answerId: answer.id } });
  await tx.verdict.createMany({
    data: judgement.verdicts.map((verdict) => ({
      id: newId(),
      answerId: answer.id,
      taskId: answer.taskId,
      stage: verdict.stage,
      verdict: verdict.verdict,
      reasonCode: verdict.reason?.code ?? null,
      message: verdict.reason?.message ?? null,
      score: verdict.score ?? null,
      details: verdict.details ? jsonColumn(verdict.details) : Prisma.DbNull,
      createdAt: now,
    })),
  });
  const text = freeTextOf(task.facts.outputSchema, answer.output as never);
  const signature = textSignature(text, task.policy.anomaly.minTextChars) ?? [];
  await tx.answer.update({
    where: { id: answer.id },
    data: {
      status: rejected ? 'rejected' : 'accepted',
      judgedAt: now,
      rejectionCode: rejected ? (judgement.reason?.code ?? 'rejected') : null,
      rejectionMessage: rejected ? (judgement.reason?.message ?? '') : null,
      // Postgres integers are signed; the bits are what counts.
      textSignature: signature.map((value) => value | 0),
    },
  });
  await recordPace(tx, task, answer, rejected);
  const counted = await recordGold(tx, task, { answer, judgement });
  await reportDoubts(tx, task, { answer, judgement });
  const asks = judgement.verdicts.some(({ details }) => details?.pauseSkill === true);
  if (counted || (asks && answer.status === 'pending')) await updateStanding(tx, task, answer);
}

async function recordPace(
  tx: Tx,
  { row }: TaskContext,
  answer: Answer,
  rejected: boolean,
): Promise<void> {
  if (answer.status !== 'pending') return;
  const seconds = rejected ? 0 : answer.elapsedMs / 1000;
  const counted = rejected ? 0 : 1;
  await tx.$executeRaw`
    INSERT INTO worker_type_records AS r
           (worker_id, organization_id, type, accepted, rejected, seconds_total, seconds_count)
    VALUES (${answer.workerId}::uuid, ${row.organizationId}::uuid, ${answer.type}, ${counted},
            ${1 - counted}, ${seconds}, ${counted})
    ON CONFLICT (worker_id, organization_id, type) DO UPDATE
       SET accepted = r.accepted + excluded.accepted, rejected = r.rejected + excluded.rejected,
           seconds_total = r.seconds_total + excluded.seconds_total,
           seconds_count = r.seconds_count + excluded.seconds_count`;
}
