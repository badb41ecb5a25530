import { Prisma } from '@/prisma/generated/client';
import { clock } from '@/server/platform/clock';
import type { Tx } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { jsonColumn } from '@/server/platform/json-column';
import type { TaskContext } from './load-context';
import type { Judgement } from './stage';

/**
 * Puts a task before a reviewer. A blocking review holds the task until it is decided; an audit
 * looks at it afterwards.
 * @returns the review's id.
 */
export async function openReview(
  tx: Tx,
  task: TaskContext,
  judgement: Judgement,
  blocking: boolean,
): Promise<string> {
  if (blocking) {
    const open = await tx.review.findFirst({
      where: { taskId: task.row.id, blocking: true, status: 'open' },
    });
    if (open) return open.id;
  }
  const id = newId();
  await tx.review.create({
    data: {
      id,
      taskId: task.row.id,
      mode: task.row.mode,
      blocking,
      reason: judgement.reason?.code ?? (blocking ? 'need_review' : 'spot_check'),
      proposed: judgement.output === undefined ? Prisma.DbNull : jsonColumn(judgement.output),
      weight: blocking ? 1 : auditWeight(task, judgement),
      createdAt: clock.now(),
    },
  });
  return id;
}

/**
 * A task that was drawn at random stands for those that were not; one that a stage wanted looked at would
 * have been in any case.
 */
function auditWeight(
  { policy }: Pick<TaskContext, 'policy'>,
  { verdicts }: Pick<Judgement, 'verdicts'>,
): number {
  const asking = verdicts.filter(({ details }) => details?.auditRequested === true);
  const drawn = asking.every(({ details }) => details?.sampled === true);
  const { sampleRate, auditWeightMax } = policy.qa;
  return drawn && sampleRate > 0 ? Math.min(auditWeightMax, 1 / sampleRate) : 1;
}
