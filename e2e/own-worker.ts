import { type HeldTask, openTask, type TaskInput } from './held-task';
import { sessionCookie } from './instance';
import { test as base } from './test';
import { newSkill, newWorker, type TestWorker } from './workers';

interface OwnWorker extends TestWorker {
  /** Unique to this worker, so that its tasks are offered to nobody else. */
  skill: string;
}

/**
 * Tests whose `page` is signed in as a dedicated worker who is offline: concurrent specs neither
 * take nor add tasks. `openTask` creates a task and opens it.
 */
export const test = base.extend<
  { openTask: (task: TaskInput) => Promise<HeldTask> },
  { worker: OwnWorker }
>({
  worker: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what is needed.
    async ({}, use) => {
      const skill = newSkill();
      await use({ ...(await newWorker(skill)), skill });
    },
    { scope: 'worker' },
  ],
  context: async ({ context, worker }, use) => {
    await context.addCookies([sessionCookie(worker.session)]);
    await use(context);
  },
  openTask: async ({ page, worker }, use) => {
    await use((task) => openTask(page, worker.skill, task));
  },
});
