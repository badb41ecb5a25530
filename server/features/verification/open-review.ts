import { Prisma, type ReviewQueue } from '@/prisma/generated/client';
import { clock } from '@/server/platform/clock';
import type { Tx } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { jsonColumn } from '@/server/platform/json-column';
import type { TaskContext } from './load-context';
import type { Judgement } from './stage';

/**
 * Requests a review of a task. A blocking review holds the task until it is decided; an audit
 * happens afterwards.
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
  const samplingProbability = blocking ? 1 : samplingProbabilityOf(task, judgement);
  const id = newId();
  await tx.review.create({
    data: {
      id,
      taskId: task.row.id,
      organizationId: task.row.organizationId,
      mode: task.row.mode,
      type: task.row.type,
      kind: blocking ? 'escalated' : 'spot_check',
      queue: queueOf(task.row),
      blocking,
      reason: judgement.reason?.code ?? (blocking ? 'need_review' : 'spot_check'),
      proposed: judgement.output === undefined ? Prisma.DbNull : jsonColumn(judgement.output),
      samplingProbability,
      weight: Math.min(task.policy.qa.auditWeightMax, 1 / samplingProbability),
      createdAt: clock.now(),
    },
  });
  return id;
}

/**
 * Which reviewers a task is for: organizations that use their own workers also review their
 * answers. Golds and re-votes are hidden from the customer.
 */
function queueOf({ poolOrganizationId, reservedFor }: TaskContext['row']): ReviewQueue {
  return poolOrganizationId !== null && reservedFor === null ? 'organization' : 'instance';
}

/**
 * A randomly drawn task represents those not drawn; one requested by a stage would have been
 * reviewed anyway.
 */
function samplingProbabilityOf(
  { policy }: Pick<TaskContext, 'policy'>,
  { verdicts }: Pick<Judgement, 'verdicts'>,
): number {
  const asking = verdicts.filter(({ details }) => details?.auditRequested === true);
  const drawn = asking.every(({ details }) => details?.sampled === true);
  return drawn && policy.qa.sampleRate > 0 ? policy.qa.sampleRate : 1;
}
