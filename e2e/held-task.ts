import { expect, type Page } from '@playwright/test';
import { callApi, firstRun } from './instance';
import { trpc } from './trpc';

interface Held {
  id: string;
  submitsAt: Date | null;
  task: { id: string };
}

export interface TaskInput {
  payload?: object;
  output_schema?: object;
  sla_seconds?: number;
  instructions?: string;
}

export interface HeldTask {
  taskId: string;
  assignmentId: string;
}

/** Creates a live task for the signed-in worker, who alone has `skill`, and opens it. */
export async function openTask(page: Page, skill: string, task: TaskInput): Promise<HeldTask> {
  const { status, body } = await callApi(firstRun().liveKey, 'POST', '/v1/tasks', {
    type: 'task_page',
    payload: { text: 'A task.' },
    payout_sats: 10,
    skills_required: [skill],
    sla_seconds: 600,
    risk_tier: 'low',
    ...task,
  });
  expect(status, JSON.stringify(body)).toBe(201);
  const taskId = String(body.id);
  let assignmentId = '';
  await expect(async () => {
    const held = await trpc<Held[]>(page, 'assignments.list');
    const mine = held.find((each) => each.task.id === taskId);
    for (const other of held.filter((each) => each !== mine && !each.submitsAt)) {
      await trpc(page, 'assignments.release', { assignmentId: other.id, reason: 'Not its turn' });
    }
    assignmentId =
      mine?.id ??
      (await trpc<{ assignmentId: string }>(page, 'queue.claim', { taskId })).assignmentId;
  }).toPass({ timeout: 30_000 });
  await page.goto(`/work/tasks/${assignmentId}`);
  await expect(page.getByRole('button', { name: 'Submit and next' })).toBeEnabled();
  return { taskId, assignmentId };
}

export async function cancelTask(taskId: string): Promise<void> {
  await callApi(firstRun().liveKey, 'POST', `/v1/tasks/${taskId}/cancel`);
}
