import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NotFoundError, type TaskEvent, TimeoutError } from '../src/index.js';
import { type Answer, ApiServer, json, reset } from './api-server.js';
import { fastClock } from './fast-clock.js';

const server = new ApiServer();
beforeAll(() => server.start());
afterAll(() => server.stop());

const task = (status: string) => json(200, { id: '1', status, output: null });

describe('waitForCompletion', () => {
  fastClock(10);

  it('lets the API hold the answer, and gives the task back whatever its end', async () => {
    server.answerWith(task('failed'));
    const done = await server.client().tasks.waitForCompletion('1');
    expect(done.status).toBe('failed');
    expect(server.requests.map((request) => request.query)).toEqual([{ wait: '60' }]);
  });

  it('asks at intervals where the answer comes too early to have been held', async () => {
    server.answerWith(task('posted'), task('assigned'), task('verified'));
    const startedMs = Date.now();
    await server.client().tasks.waitForCompletion('1', { pollIntervalMs: 100 });
    expect(Date.now() - startedMs).toBeGreaterThanOrEqual(195);
    expect(server.requests).toHaveLength(3);
  });

  it('falls back to plain reads where wait is refused', async () => {
    const refusal = json(400, { error: { code: 'invalid_field', param: 'wait', message: 'No.' } });
    server.answerWith(refusal, task('assigned'), task('verified'));
    const done = await server.client().tasks.waitForCompletion('1', { pollIntervalMs: 50 });
    expect(done.status).toBe('verified');
    expect(server.requests.map((request) => request.query)).toEqual([{ wait: '60' }, {}, {}]);
  });

  it('falls back to plain reads where held answers are cut off twice', async () => {
    server.answerWith(reset, json(504, ''), task('verified'));
    await server.client().tasks.waitForCompletion('1');
    expect(server.requests.map((request) => request.query)).toEqual([
      { wait: '60' },
      { wait: '60' },
      {},
    ]);
  });

  it('rejects with TimeoutError when its time is over, and asks to wait no longer than that', async () => {
    server.answerWith(task('assigned'));
    const waiting = server
      .client()
      .tasks.waitForCompletion('1', { timeoutMs: 300, pollIntervalMs: 100 });
    await expect(waiting).rejects.toThrow(/1 was not done within 300 ms; it is assigned/);
    await expect(waiting).rejects.toBeInstanceOf(TimeoutError);
    expect(server.requests[0]?.query).toEqual({ wait: '1' });
  });

  it('ends with the signal', async () => {
    server.answerWith(() => undefined);
    const waiting = server
      .client()
      .tasks.waitForCompletion('1', { signal: AbortSignal.timeout(50) });
    await expect(waiting).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it('gives up at once on what waiting does not mend', async () => {
    server.answerWith(json(404, { error: { message: 'No such task: 1.' } }));
    await expect(server.client().tasks.waitForCompletion('1')).rejects.toBeInstanceOf(
      NotFoundError,
    );
    expect(server.requests).toHaveLength(1);
  });
});

describe('streamEvents', () => {
  fastClock(10);

  const event = (sequence: number, type: string, status: string) => ({
    id: `e${sequence}`,
    task_id: '1',
    sequence,
    type,
    status,
    data: { some_key: sequence },
  });
  const text = (one: ReturnType<typeof event>) =>
    `id: ${one.sequence}\nevent: ${one.type}\ndata: ${JSON.stringify(one)}\n\n`;
  const created = event(1, 'task.created', 'posted');
  const verified = event(2, 'task.verified', 'verified');
  const completed = event(3, 'task.completed', 'verified');

  const stream =
    (body: string, end: 'close' | 'break' | 'stay' = 'close'): Answer =>
    async (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
      response.flushHeaders();
      // In pieces of one byte, so that no border of the reader's own falls on a line's end.
      for (const byte of Buffer.from(body)) response.write(Buffer.of(byte));
      await new Promise((resolve) => {
        setTimeout(resolve, 20);
      });
      if (end === 'close') response.end();
      if (end === 'break') response.destroy();
    };

  const collect = async (events: AsyncIterable<TaskEvent>) => {
    const seen: string[] = [];
    for await (const one of events) seen.push(one.type);
    return seen;
  };

  it('gives each event as it comes, spelled this language’s way with its data untouched', async () => {
    server.answerWith(stream(`: hello\n\n${text(created)}${text(verified)}${text(completed)}`));
    const seen: TaskEvent[] = [];
    for await (const one of server.client().tasks.streamEvents('1')) seen.push(one);
    expect(seen.map((one) => one.type)).toEqual([
      'task.created',
      'task.verified',
      'task.completed',
    ]);
    expect(seen[0]).toMatchObject({ taskId: '1', data: { some_key: 1 } });
    expect(server.requests[0]).toMatchObject({
      path: '/v1/tasks/1/events',
      headers: { accept: 'text/event-stream' },
    });
  });

  it.each(['\n', '\r', '\r\n'])('reads line ends written as %j', async (lineEnd) => {
    server.answerWith(stream(text(completed).replaceAll('\n', lineEnd)));
    expect(await collect(server.client().tasks.streamEvents('1'))).toEqual(['task.completed']);
  });

  it('goes on after the last event where the connection broke', async () => {
    server.answerWith(
      stream(`retry: 10\n${text(created)}`, 'break'),
      stream(text(verified), 'break'),
      stream(text(completed)),
    );
    expect(await collect(server.client().tasks.streamEvents('1'))).toEqual([
      'task.created',
      'task.verified',
      'task.completed',
    ]);
    expect(server.requests.map((request) => request.headers['last-event-id'])).toEqual([
      undefined,
      '1',
      '2',
    ]);
  });

  it('starts after the event it is given, and ends where nothing comes after it', async () => {
    server.answerWith(stream(''), json(200, { data: [created, verified, completed] }));
    const events = server.client().tasks.streamEvents('1', { lastEventId: '3' });
    expect(await collect(events)).toEqual([]);
    expect(server.requests[0]?.headers['last-event-id']).toBe('3');
  });

  it('gives up where stream after stream brings nothing', async () => {
    server.answerWith(stream('', 'break'));
    const events = server.client().tasks.streamEvents('1', { maxReconnects: 1 });
    await expect(collect(events)).rejects.toThrow(/ended 2 times without/);
    expect(server.requests).toHaveLength(2);
  });

  it('outlives a server that is away for a moment', async () => {
    server.answerWith(
      stream(text(created), 'break'),
      reset,
      json(503, ''),
      stream(text(completed)),
    );
    expect(await collect(server.client().tasks.streamEvents('1'))).toEqual([
      'task.created',
      'task.completed',
    ]);
  });

  it('closes the connection when the caller stops listening', async () => {
    const closed = new Promise<void>((resolve) => {
      server.answerWith((response, request) => {
        response.on('close', resolve);
        return stream(text(created), 'stay')(response, request);
      });
    });
    for await (const one of server.client().tasks.streamEvents('1')) if (one) break;
    await closed;
  });

  it('ends with the signal while nothing comes', async () => {
    server.answerWith(stream(text(created), 'stay'));
    const abort = new AbortController();
    const reason = new Error('enough');
    setTimeout(() => abort.abort(reason), 200);
    const events = server.client().tasks.streamEvents('1', { signal: abort.signal });
    await expect(collect(events)).rejects.toBe(reason);
  });

  it('an error of the API is the error of its class', async () => {
    server.answerWith(json(404, { error: { message: 'No such task: 1.' } }));
    const events = server.client().tasks.streamEvents('1');
    await expect(collect(events)).rejects.toBeInstanceOf(NotFoundError);
  });
});
