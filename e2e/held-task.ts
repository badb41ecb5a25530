import { expect, type Page } from '@playwright/test';
import { callApi, firstRun } from './instance';
import { trpc } from './trpc';

interface Held {
  id: string;
  submitsAt: Date | null;
  task: { id: string };
}

/** Creates a live task and opens it as the worker who is signed in; nobody else may be at work. */
export async function openTask(
  page: Page,
  task: { payload?: object; output_schema?: object; sla_seconds?: number; instructions?: string },
): Promise<{ taskId: string; assignmentId: string }> {
  const { status, body } = await callApi(firstRun().liveKey, 'POST', '/v1/tasks', {
    type: 'task_page',
    payload: { text: 'A task.' },
    payout_sats: 10,
    // A skill of the demo's worker, so that no other who is online is offered it.
    skills_required: ['content_review'],
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
