import { z } from 'zod';
import { TaskId } from '../task-fields.js';
import { standing, TaskDetails, TaskSummary, taskDetails, taskSummary } from '../task-view.js';
import { defineTool } from '../tool.js';
import { waitForTask } from '../waiting.js';

const READS = { readOnlyHint: true, idempotentHint: true, openWorldHint: false } as const;

export const getTask = defineTool({
  name: 'get_task',
  title: 'Get a task',
  description: 'Reads a task as it is now: its status, and its output once it is verified.',
  annotations: READS,
  input: z.strictObject({ task_id: TaskId }),
  output: TaskDetails,
  async run({ task_id }, { client, signal }) {
    const task = await client.tasks.get(task_id, { signal });
    return { text: standing(task), structured: taskDetails(task) };
  },
});

export const waitForTaskTool = defineTool({
  name: 'wait_for_task',
  title: 'Wait for a task',
  description:
    'Waits until a task has ended, for at most 60 seconds a call, and returns it as it is then. Call it again while the task has not ended; nothing is lost in between.',
  annotations: READS,
  input: z.strictObject({
    task_id: TaskId,
    timeout_seconds: z.int().min(0).max(60).default(50).describe('How long this call waits.'),
  }),
  output: TaskDetails,
  async run({ task_id, timeout_seconds }, call) {
    const task = await waitForTask(call.client, task_id, timeout_seconds, call);
    return { text: standing(task), structured: taskDetails(task) };
  },
});

export const cancelTask = defineTool({
  name: 'cancel_task',
  title: 'Cancel a task',
  description:
    'Calls a task off while nobody has handed in an answer. What was held for it is freed. It cannot be undone.',
  annotations: {
    readOnlyHint: false,
    destructiveHint: true,
    idempotentHint: true,
    openWorldHint: false,
  },
  input: z.strictObject({ task_id: TaskId }),
  output: TaskDetails,
  async run({ task_id }, { client, signal }) {
    const task = await client.tasks.cancel(task_id, { signal });
    return { text: standing(task), structured: taskDetails(task) };
  },
});

export const listTasks = defineTool({
  name: 'list_tasks',
  title: 'List tasks',
  description:
    'Lists tasks, the newest first. Pass next_cursor as after for the page that follows.',
  annotations: READS,
  input: z.strictObject({
    status: TaskSummary.shape.status.optional().describe('Only tasks of this status.'),
    type: z.string().optional().describe('Only tasks of this type.'),
    metadata: z
      .record(z.string(), z.string())
      .optional()
      .describe('Only tasks whose metadata has all of these.'),
    created_after: z.string().optional().describe('A time, as 2026-01-31T12:00:00Z.'),
    created_before: z.string().optional().describe('A time, as 2026-01-31T12:00:00Z.'),
    limit: z.int().min(1).max(100).default(20).describe('Tasks a page.'),
    after: z.string().optional().describe('The next_cursor of the page before.'),
  }),
  output: z.object({
    data: z.array(TaskSummary),
    has_more: z.boolean(),
    next_cursor: z.string().nullable(),
  }),
  async run({ created_after, created_before, ...plain }, { client, signal }) {
    const page = await client.tasks.list(
      { ...plain, createdAfter: created_after, createdBefore: created_before },
      { signal },
    );
    const structured = {
      data: page.data.map(taskSummary),
      has_more: page.hasMore,
      next_cursor: page.nextCursor,
    };
    const more = page.hasMore ? `, and more after ${page.nextCursor}` : '';
    return { text: `${page.data.length} tasks${more}.`, structured };
  },
});
