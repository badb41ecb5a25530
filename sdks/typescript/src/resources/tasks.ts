import { resumingEvents, type StreamOptions } from '../event-stream.js';
import { listOf } from '../list.js';
import type { FromSchema, JsonSchema } from '../output-type.js';
import type { PagePromise } from '../pagination.js';
import { type RequestOptions, segment, type Transport } from '../transport.js';
import type {
  BatchResult,
  CompletedTask,
  CreateTaskParams,
  ListTasksParams,
  Receipt,
  Task,
  TaskEvent,
} from '../types/task.js';
import { isTerminalStatus, type WaitOptions, waitForCompletion } from '../wait-for-completion.js';
import { fromWire, toWire } from '../wire-case.js';

type OutputOf<S> = S extends JsonSchema ? FromSchema<S> : unknown;

export interface GetTaskOptions extends RequestOptions {
  /** Seconds, 0 to 60, to hold the answer until the task has ended. */
  wait?: number;
}

export interface CreateTaskOptions extends RequestOptions {
  /** For a client that pays by L402: an earlier payment for the same parameters. Nothing is paid again. */
  l402Token?: string;
}

/** Fields of the timeline that hold data of the event's own. */
const timelineData = ['data'] as const;

export class Tasks {
  constructor(private readonly transport: Transport) {}

  /** Creates a task. A literal `outputSchema` gives `task.output` its type. */
  async create<const S extends JsonSchema | undefined = undefined>(
    params: CreateTaskParams<S>,
    options?: CreateTaskOptions,
  ): Promise<Task<OutputOf<S>>> {
    return fromWire(
      await this.transport.request({
        method: 'POST',
        path: '/tasks',
        body: toWire(params),
        // Also sent in the header if it is header-safe; the body's field is the same.
        options: { idempotencyKey: headerKey(params.idempotencyKey), ...options },
      }),
    );
  }

  /** Creates up to 1,000 tasks; one result per item, in order. An invalid item does not affect the others. */
  async createBatch<const S extends JsonSchema | undefined = undefined>(
    tasks: readonly CreateTaskParams<S>[],
    options?: RequestOptions,
  ): Promise<BatchResult<OutputOf<S>>[]> {
    const answer = (await this.transport.request({
      method: 'POST',
      path: '/tasks/batch',
      body: { tasks: toWire(tasks) },
      options,
    })) as { data: unknown };
    return fromWire(answer.data);
  }

  /** One task. `wait` holds the answer until the task has ended, or the seconds have passed. */
  async get<Output = unknown>(
    id: string,
    { wait, ...options }: GetTaskOptions = {},
  ): Promise<Task<Output>> {
    const patience = options.timeoutMs ?? this.transport.timeoutMs;
    return fromWire(
      await this.transport.request({
        method: 'GET',
        path: `/tasks/${segment(id)}`,
        query: { wait },
        options: { ...options, timeoutMs: patience + (wait ?? 0) * 1000 },
      }),
    );
  }

  /** Newest first. `await` returns a page; `for await` iterates over all tasks. */
  list<Output = unknown>(
    params: ListTasksParams = {},
    options?: RequestOptions,
  ): PagePromise<Task<Output>> {
    const { metadata, createdAfter, createdBefore, ...plain } = params;
    const filters = Object.entries(metadata ?? {}).map(([key, value]) => [
      `metadata[${key}]`,
      value,
    ]);
    return listOf(
      this.transport,
      '/tasks',
      {
        ...plain,
        created_after: createdAfter,
        created_before: createdBefore,
        ...Object.fromEntries(filters),
      },
      options,
    );
  }

  /** Cancels a task if nobody has submitted an answer yet; ConflictError afterwards. */
  async cancel<Output = unknown>(id: string, options?: RequestOptions): Promise<Task<Output>> {
    return fromWire(
      await this.transport.request({
        method: 'POST',
        path: `/tasks/${segment(id)}/cancel`,
        options,
      }),
    );
  }

  /** The task's timeline so far, oldest first. */
  async events(id: string, options?: RequestOptions): Promise<TaskEvent[]> {
    const answer = (await this.transport.request({
      method: 'GET',
      path: `/tasks/${segment(id)}/events`,
      options,
    })) as { data: unknown[] };
    return answer.data.map((event) => fromWire<TaskEvent>(event, timelineData));
  }

  /**
   * The task's timeline as it happens, from the start or after `lastEventId`, until the task has
   * ended and its payouts have settled. A broken connection is resumed.
   */
  async *streamEvents(
    id: string,
    options: StreamOptions = {},
  ): AsyncGenerator<TaskEvent, void, undefined> {
    const open = (lastEventId: string | undefined) =>
      this.transport.open({
        method: 'GET',
        path: `/tasks/${segment(id)}/events`,
        headers: {
          accept: 'text/event-stream',
          ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
        },
        options: { signal: options.signal, maxRetries: 0 },
      });
    const read = (data: string) => fromWire<TaskEvent>(JSON.parse(data), timelineData);
    const isLast = (event: { data: string }) => isOver(read(event.data));
    const isOverAfter = async (lastEventId: string | undefined) => {
      const newest = (await this.events(id, { signal: options.signal })).at(-1);
      return newest !== undefined && isOver(newest) && String(newest.sequence) === lastEventId;
    };
    for await (const event of resumingEvents(open, { isLast, isOverAfter }, options)) {
      yield read(event.data);
    }
  }

  /** The signed proof of a task that has ended, as it was signed. */
  async receipt(id: string, options?: RequestOptions): Promise<Receipt> {
    // Not renamed: the signature covers the fields in the API's spelling.
    return (await this.transport.request({
      method: 'GET',
      path: `/tasks/${segment(id)}/receipt`,
      options,
    })) as Receipt;
  }

  /**
   * Waits until the task has ended and returns it in any final `status`.
   * TimeoutError when `timeoutMs` has elapsed; the task continues, and can be waited for again.
   */
  waitForCompletion<Output = unknown>(
    id: string,
    options: WaitOptions = {},
  ): Promise<CompletedTask<Output>> {
    return waitForCompletion<Output>(
      id,
      (wait, request) => this.get<Output>(id, { ...request, wait }),
      options,
    );
  }
}

/** Nothing comes after it. What is verified still gets its payouts, which `task.completed` ends. */
function isOver(event: TaskEvent): boolean {
  if (event.status === 'verified') return event.type === 'task.completed';
  return isTerminalStatus(event.status);
}

function headerKey(key: string | undefined): string | undefined {
  return key !== undefined && /^[\x20-\x7e]+$/.test(key) ? key : undefined;
}
