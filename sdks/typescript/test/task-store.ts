import type { ServerResponse } from 'node:http';
import { type Answer, ApiServer, json } from './api-server.js';

interface StoredTask {
  id: string;
  status: string;
  created_at: string;
  [field: string]: unknown;
}

interface StoredEvent {
  id: string;
  object: 'task_event';
  task_id: string;
  sequence: number;
  type: string;
  status: string;
  data: object;
  created_at: string;
}

const OVER = new Set(['task.completed', 'task.failed', 'task.cancelled', 'task.expired']);

/** The reading side of the API, with tasks in memory: lists, tasks, timelines and their streams. */
export class TaskStore {
  readonly server = new ApiServer();
  private readonly tasks: StoredTask[] = [];
  private readonly events = new Map<string, StoredEvent[]>();
  private readonly streams = new Map<ServerResponse, { taskId: string; sent: number }>();
  /** While true, nothing is answered: connections are cut. */
  private isDown = false;

  async start(): Promise<this> {
    await this.server.start();
    this.server.answerWith((response, request) => this.answer(response, request));
    return this;
  }

  /** @param createdAt may lie in the past, as of a task whose transaction took long. */
  create(id: string, createdAt = new Date()): void {
    this.tasks.unshift({
      id,
      object: 'task',
      mode: 'test',
      status: 'posted',
      payload: { some_key: 1 },
      payout_sats: 500,
      output: null,
      payouts: [],
      created_at: createdAt.toISOString(),
      completed_at: null,
    });
    this.record(id, 'task.created', 'posted');
  }

  /** Moves a task on, and appends to its timeline. */
  record(taskId: string, type: string, status: string, change: object = {}): void {
    const task = this.taskOf(taskId);
    Object.assign(task, change, { status });
    const events = this.events.get(taskId) ?? [];
    const sequence = events.length + 1;
    const created_at = new Date().toISOString();
    const id = `${taskId}-e${sequence}`;
    const kind = { object: 'task_event', task_id: taskId, data: {} } as const;
    this.events.set(taskId, [...events, { ...kind, id, sequence, type, status, created_at }]);
    for (const [stream, reading] of this.streams) this.flush(stream, reading);
  }

  goDown(): void {
    this.isDown = true;
    for (const stream of this.streams.keys()) stream.destroy();
    this.streams.clear();
  }

  comeBack(): void {
    this.isDown = false;
  }

  /** Cuts the streams that are open, and nothing else. */
  cutStreams(): void {
    for (const stream of this.streams.keys()) stream.destroy();
    this.streams.clear();
  }

  private taskOf(id: string): StoredTask {
    const task = this.tasks.find((one) => one.id === id);
    if (!task) throw new Error(`There is no task ${id}.`);
    return task;
  }

  private readonly answer: Answer = (response, request) => {
    if (this.isDown) {
      response.destroy();
      return;
    }
    const [, , , id, events] = request.path.split('/');
    if (!id) {
      const data = this.list(request.query);
      return json(200, { data, has_more: false, next_cursor: null })(response, request);
    }
    if (!events) return json(200, this.taskOf(id))(response, request);
    if (request.headers.accept !== 'text/event-stream') {
      return json(200, { data: this.events.get(id) })(response, request);
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.flushHeaders();
    const reading = { taskId: id, sent: Number(request.headers['last-event-id'] ?? 0) };
    this.streams.set(response, reading);
    response.on('close', () => this.streams.delete(response));
    this.flush(response, reading);
  };

  private list({ status, created_after, limit }: Record<string, string>): StoredTask[] {
    const afterMs = created_after ? Date.parse(created_after) : Number.NEGATIVE_INFINITY;
    return this.tasks
      .filter((task) => Date.parse(task.created_at) > afterMs)
      .filter((task) => !status || task.status === status)
      .slice(0, Number(limit));
  }

  private flush(stream: ServerResponse, reading: { taskId: string; sent: number }): void {
    for (const event of this.events.get(reading.taskId)?.slice(reading.sent) ?? []) {
      stream.write(
        `id: ${event.sequence}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`,
      );
      reading.sent = event.sequence;
      if (OVER.has(event.type)) stream.end();
    }
  }
}
