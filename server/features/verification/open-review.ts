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
      createdAt: clock.now(),
    },
  });
  return id;
}
