import {
  ConflictError,
  type HumanRail,
  isTerminal,
  NotFoundError,
  type Task,
} from '@humanrail/sdk';
import {
  type CallToolResult,
  CLIENT_CAPABILITIES_META_KEY,
  MissingRequiredClientCapabilityError,
  ProtocolError,
  ProtocolErrorCode,
  type Server,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { z } from 'zod';

/** The Tasks extension (SEP-2663): a call returns a handle, and its result is fetched later. */
const TASKS_EXTENSION = 'io.modelcontextprotocol/tasks';

/** People need time, and each poll counts against the key's rate limit. */
const POLL_INTERVAL_MS = 5_000;

const TaskParams = z.looseObject({ taskId: z.string() });
const Declared = z.looseObject({
  [CLIENT_CAPABILITIES_META_KEY]: z.looseObject({
    extensions: z.looseObject({ [TASKS_EXTENSION]: z.looseObject({}) }),
  }),
});
const AnyResult = z.looseObject({});

/** True if the request says that its sender knows the extension; nothing earlier counts. */
export function declaresTasks({ mcpReq }: ServerContext): boolean {
  return Declared.safeParse(mcpReq.envelope).success;
}

/** A task's handle, in place of the result of `tools/call`. */
export function taskHandle(task: Task): Record<string, unknown> {
  return { resultType: 'task', ...taskState(task) };
}

/**
 * Answers `tasks/get`, `tasks/update` and `tasks/cancel`. A handle is the task's own id, so any
 * process, and any client with a key of the organization, can use it, also after a restart.
 * @param resultOf what the call would have returned, had it waited for this ended task
 */
export function serveTasks(
  server: Server,
  client: HumanRail,
  resultOf: (task: Task) => CallToolResult,
): void {
  server.registerCapabilities({ extensions: { [TASKS_EXTENSION]: {} } });

  server.setRequestHandler(
    'tasks/get',
    { params: TaskParams, result: AnyResult },
    async ({ taskId }, ctx) => {
      assertDeclared(ctx);
      const task = await known(taskId, client.tasks.get(taskId, { signal: ctx.mcpReq.signal }));
      const state = taskState(task);
      if (state.status !== 'completed') return state;
      // Word for word what the call would have been answered, so with its discriminator.
      return { ...state, result: { resultType: 'complete', ...resultOf(task) } };
    },
  );

  server.setRequestHandler(
    'tasks/update',
    { params: TaskParams, result: AnyResult },
    async ({ taskId }, ctx) => {
      assertDeclared(ctx);
      // Tasks ask nothing of the client, so every response is one to a request that is not there.
      await known(taskId, client.tasks.get(taskId, { signal: ctx.mcpReq.signal }));
      return {};
    },
  );

  server.setRequestHandler(
    'tasks/cancel',
    { params: TaskParams, result: AnyResult },
    async ({ taskId }, ctx) => {
      assertDeclared(ctx);
      try {
        await known(taskId, client.tasks.cancel(taskId, { signal: ctx.mcpReq.signal }));
      } catch (error) {
        // It already has an answer or has ended; cancellation is best-effort, so that is not an error.
        if (!(error instanceof ConflictError)) throw error;
      }
      return {};
    },
  );
}

function assertDeclared(ctx: ServerContext): void {
  if (declaresTasks(ctx)) return;
  throw new MissingRequiredClientCapabilityError({
    requiredCapabilities: { extensions: { [TASKS_EXTENSION]: {} } },
  });
}

/** @throws ProtocolError invalid params if there is no such task for this key */
async function known(taskId: string, asked: Promise<Task>): Promise<Task> {
  try {
    return await asked;
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Task not found: ${taskId}`);
  }
}

/**
 * The state of the call that waits for the task. A task that failed or expired is a call that
 * completed with an error; `failed` is for calls that broke, which the extension tells apart.
 */
function taskState(task: Task) {
  return {
    taskId: task.id,
    status: statusOf(task),
    statusMessage: `Task ${task.id} is ${task.status}.`,
    createdAt: task.createdAt,
    lastUpdatedAt: task.updatedAt,
    // Tasks are kept indefinitely.
    ttlMs: null,
    pollIntervalMs: POLL_INTERVAL_MS,
  };
}

function statusOf(task: Task): 'working' | 'completed' | 'cancelled' {
  if (task.status === 'cancelled') return 'cancelled';
  return isTerminal(task) ? 'completed' : 'working';
}
