import { runScript, withProduct } from '@/scripts/launcher/product-access';

/** Whose golds are answered, and how; passed as JSON. */
export interface GoldsToAnswer {
  /** A live key of the organization. */
  key: string;
  type: string;
  /** Addresses of workers with the skills that the type requires. */
  workers: string[];
  /** Number of golds each of them answers. */
  golds: number;
  output: object;
}

/**
 * Has workers of the running instance answer a type's tasks and the golds that follow, with the
 * product's own use cases; only the timing and frequency of golds differ.
 */
async function main(): Promise<void> {
  const wanted = JSON.parse(process.argv[2] ?? '') as GoldsToAnswer;
  await withProduct(async () => {
    const { authenticateKey } = await import('@/server/features/api-keys');
    const { sowGold } = await import('@/server/features/golds/sow-gold');
    const { claimTask } = await import('@/server/features/routing');
    const { CreateTask, createTask, submitAnswer } = await import('@/server/features/tasks');
    const { judgeTask } = await import('@/server/features/verification');
    const { db } = await import('@/server/platform/db');
    const customer = await authenticateKey(wanted.key);
    const { organizationId, mode } = customer;
    const { type } = wanted;
    await db.taskType.updateMany({
      where: { organizationId, mode, type },
      data: { goldRate: 1 },
    });
    const answer = async (worker: Parameters<typeof claimTask>[0], taskId: string) => {
      const { assignmentId } = await claimTask(worker, { taskId });
      // Nobody answers instantly.
      const startedAt = new Date(Date.now() - 20_000);
      await db.assignment.update({ where: { id: assignmentId }, data: { startedAt } });
      const { answerId } = await submitAnswer(worker, { assignmentId, output: wanted.output });
      await judgeTask(taskId);
      return answerId;
    };
    const findWaiting = (workerId: string) =>
      db.task.findFirst({ where: { reservedFor: workerId, type, completedAt: null } });
    for (const email of wanted.workers) {
      const found = await db.worker.findFirstOrThrow({ where: { mode, user: { email } } });
      const worker = {
        kind: 'worker',
        workerId: found.id,
        userId: String(found.userId),
        mode,
      } as const;
      for (let n = 0; n < wanted.golds; n++) {
        const body = CreateTask.parse({ type, payload: { coin: `Task ${n} of ${email}` } });
        const { task } = await createTask(customer, body);
        const sown = await sowGold(await answer(worker, task.id));
        // The instance also sows golds itself; if it has, the waiting one is used.
        const goldTask = sown ?? (await findWaiting(found.id))?.id;
        if (!goldTask) throw new Error('No gold is left.');
        await answer(worker, goldTask);
      }
    }
  });
}

runScript(main);
