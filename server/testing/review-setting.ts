import { putTaskType } from '@/server/features/task-types';
import { judgeTask } from '@/server/features/verification';
import type { Actor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { createSignIn } from './factories';
import { askAbout, createGoldSetting, judgeCoin } from './gold-setting';

/** An operator who can sign in. */
export async function createOperator(): Promise<Extract<Actor, { kind: 'operator' }>> {
  const { id } = await createSignIn({ isOperator: true });
  return { kind: 'operator', userId: id, mode: 'live' };
}

/**
 * A customer in live mode whose type has these review settings, without random checks, and a
 * worker.
 */
export async function createReviewSetting(qa: object) {
  const setting = await createGoldSetting({ golds: 0, rate: 0 });
  const setPolicy = (next: object) =>
    putTaskType(setting.member, 'coins', {
      title: 'Judge a coin',
      output_schema: {
        type: 'object',
        required: ['verdict'],
        properties: { verdict: { type: 'string', enum: ['real', 'fake'] } },
      },
      payout_sats: 100,
      sla_seconds: 600,
      policy: { qa: { sampleRate: 0, secondReviewRate: 0, ...next } },
    });
  await setPolicy(qa);
  return {
    ...setting,
    setPolicy,
    /** A coin judged real, and the resulting review. */
    judged: async (coin: string) => {
      const task = await askAbout(setting.customer, coin);
      await judgeCoin(setting.worker, task.id);
      const outcome = await judgeTask(task.id);
      const review = await db.review.findFirstOrThrow({
        where: { taskId: task.id, status: 'open' },
      });
      return { id: task.id, outcome, review };
    },
    /**
     * Marks the task as answered by the organization's own workers, so that its own reviewers check
     * it.
     */
    keepToOwnPeople: (taskId: string) =>
      db.review.updateMany({ where: { taskId }, data: { queue: 'organization' } }),
  };
}
