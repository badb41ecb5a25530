import { listQueue } from '@/server/features/routing';
import { resolveTaskType } from '@/server/features/task-types/resolve-task-type';
import { judgeTask } from '@/server/features/verification';
import { db } from '@/server/platform/db';
import { sowGold } from '../features/golds/sow-gold';
import { askAbout, COIN_TYPE, createGoldSetting, judgeCoin } from './gold-setting';

/** Fewer golds than by default, so that a test need not answer them. */
const GOLD_POLICY = {
  ...{ pauseMinGolds: 4, pauseAlpha: 0.05, priorStrength: 1 },
  tierMinGolds: 3,
};

export type PauseSetting = Awaited<ReturnType<typeof createGoldSetting>>;

/** A customer whose type pauses, and raises, after few golds; and a worker. */
export async function createPauseSetting(golds = 8): Promise<PauseSetting> {
  const setting = await createGoldSetting({ golds });
  await db.taskType.updateMany({
    where: { organizationId: setting.organization.id },
    data: { policy: { gold: GOLD_POLICY } },
  });
  const { id: organizationId } = setting.organization;
  resolveTaskType.forget({ organizationId, mode: 'live', type: COIN_TYPE });
  return setting;
}

let coins = 0;

/** The worker answers a task of the customer, and the gold that follows. */
export async function answerGold({ customer, worker }: PauseSetting, verdict: 'real' | 'fake') {
  const task = await askAbout(customer, `Coin ${coins++}`);
  const goldTask = await sowGold(await judgeCoin(worker, task.id));
  await judgeTask(task.id);
  if (!goldTask) throw new Error('No gold was sown.');
  const answerId = await judgeCoin(worker, goldTask, verdict);
  await judgeTask(goldTask);
  return answerId;
}

/** How many of the customer's tasks the worker could take. */
export async function queueOf({ worker, organization }: PauseSetting): Promise<number> {
  const { items } = await listQueue(worker);
  const ids = items.map(({ taskId }) => taskId);
  return db.task.count({ where: { id: { in: ids }, organizationId: organization.id } });
}
