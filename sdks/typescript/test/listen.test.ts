import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { verifyStandardWebhook, verifyWebhookSignature } from '../src/index.js';
import { ApiServer, json } from './api-server.js';
import { type CommandRun, runCommand } from './command-run.js';
import { fastClock } from './fast-clock.js';
import { TaskStore } from './task-store.js';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

/** What the local receiver got, with its body as it came. */
interface Received {
  id: string;
  type: string;
  data: { id: string; status: string; output: unknown; payload: unknown };
}

/** By the real clock, whose `now` the tests speed up. */
const ago = (ms: number) => new Date(performance.timeOrigin + performance.now() - ms);

describe('listen', () => {
  fastClock(20);
  let store: TaskStore;
  let receiver: ApiServer;
  let stop: AbortController;
  let running: Promise<CommandRun>;

  beforeEach(async () => {
    store = await new TaskStore().start();
    receiver = await new ApiServer().start();
    receiver.answerWith(json(200, {}));
    stop = new AbortController();
  });
  afterEach(async () => {
    stop.abort();
    await running;
    await Promise.all([store.server.stop(), receiver.stop()]);
  });

  /** Starts it; resolves once it says that it is ready. */
  async function start(...options: string[]): Promise<string[]> {
    const lines: string[] = [];
    await new Promise<void>((resolve, reject) => {
      running = runCommand(['listen', `${receiver.origin}/hook`, ...options], {
        env: {
          HUMANRAIL_API_KEY: 'ek_test_x',
          HUMANRAIL_BASE_URL: `${store.server.origin}/v1`,
        },
        signal: stop.signal,
        onLine: (line) => {
          lines.push(line);
          if (/Forwarding|"ready"/.test(line)) resolve();
        },
      });
      running.then(({ err }) => reject(new Error(err.join('\n'))), reject);
    });
    return lines;
  }

  const received = () => receiver.requests.map(({ body }) => body as Received);
  const told = () => received().map(({ type, data }) => `${data.id} ${type}`);
  // As long as the test may take: a busy machine needs its time for many streams.
  const until = (count: number) => vi.waitFor(() => expect(told()).toHaveLength(count), 60_000);
  const verify = (id: string) => {
    store.record(id, 'task.assigned', 'assigned');
    store.record(id, 'assignment.joined', 'assigned');
    store.record(id, 'task.submitted', 'submitted');
    store.record(id, 'task.verified', 'verified', { output: { some_verdict: 1 } });
    store.record(id, 'task.completed', 'verified');
  };
  const whole = (id: string) =>
    ['created', 'assigned', 'submitted', 'verified', 'completed'].map((one) => `${id} task.${one}`);

  it('forwards what happens to a new task, in its order, signed in both schemes', async () => {
    await start('--secret', SECRET);
    store.create('t1');
    verify('t1');
    await until(5);
    expect(told()).toEqual(whole('t1'));
    const headers = receiver.requests[0]?.headers as Record<string, string>;
    const payload = JSON.stringify(received()[0]);
    const signature = headers['x-humanrail-signature'];
    expect(verifyWebhookSignature({ payload, signature, secret: SECRET })).toBe(true);
    expect(verifyStandardWebhook({ payload, headers, secret: SECRET })).toBe(true);
    expect(receiver.requests[0]).toMatchObject({ method: 'POST', path: '/hook' });
  });

  it('tells ids as the real webhooks have them, and the task as it was then', async () => {
    await start();
    store.create('t1');
    verify('t1');
    await until(5);
    expect(received()[0]).toMatchObject({
      id: 'evt_t1e1',
      object: 'event',
      mode: 'test',
      data: { status: 'posted', output: null, payload: { some_key: 1 }, payout_sats: 500 },
    });
    expect(received()[2]?.data).toMatchObject({ status: 'submitted', output: null });
    expect(received()[3]?.data).toMatchObject({ status: 'verified', output: { some_verdict: 1 } });
  });

  it('follows what was open before from now on, and leaves the rest alone', async () => {
    store.create('open');
    store.record('open', 'task.assigned', 'assigned');
    store.create('done');
    verify('done');
    store.create('unpaid');
    verify('unpaid');
    store.record('unpaid', 'task.verified', 'verified', { payouts: [{ status: 'pending' }] });
    await start();
    store.record('open', 'task.expired', 'expired');
    store.record('unpaid', 'task.completed', 'verified');
    store.create('late');
    await until(3);
    expect(told().toSorted()).toEqual([
      'late task.created',
      'open task.expired',
      'unpaid task.completed',
    ]);
  });

  it('tells tasks since a time from their first event', async () => {
    store.create('old', ago(60_000));
    store.create('done');
    verify('done');
    await start('--since', ago(10_000).toISOString());
    await until(5);
    expect(told()).toEqual(whole('done'));
  });

  it('loses nothing that happens while the API is away', async () => {
    const lines = await start();
    store.create('t1');
    await until(1);
    store.goDown();
    verify('t1');
    store.create('t2');
    verify('t2');
    await vi.waitFor(() => expect(lines.join('\n')).toMatch(/does not answer/), 10_000);
    store.comeBack();
    await until(10);
    expect(told().filter((line) => line.startsWith('t1'))).toEqual(whole('t1'));
    expect(told().filter((line) => line.startsWith('t2'))).toEqual(whole('t2'));
    expect(lines.join('\n')).toMatch(/answers again/);
  });

  it('loses nothing where streams break, and finds a task that appears late', async () => {
    await start();
    store.create('t1');
    await until(1);
    store.cutStreams();
    verify('t1');
    store.create('late', ago(5_000));
    await until(6);
    expect(told().filter((line) => line.startsWith('t1'))).toEqual(whole('t1'));
  });

  it('follows more tasks than it has streams for', async () => {
    await start('--events', 'task.verified');
    const ids = Array.from({ length: 60 }, (_, index) => `t${index}`);
    for (const id of ids) store.create(id);
    for (const id of ids.toReversed()) verify(id);
    await until(60);
    expect(new Set(told()).size).toBe(60);
  });

  it('tries again what is not taken, then says that it gave up', async () => {
    const printed = await start('--json');
    receiver.answerWith(json(500, {}), json(503, {}), json(200, {}));
    store.create('t1');
    await until(3);
    receiver.answerWith(json(500, {}));
    store.record('t1', 'task.expired', 'expired');
    const lines = () => printed.filter((line) => line.includes('event_id'));
    await vi.waitFor(() => expect(lines()).toHaveLength(2), 10_000);
    expect(told()).toHaveLength(5);
    expect(lines().map((line) => JSON.parse(line))).toMatchObject([
      { type: 'task.created', delivered: true, status_code: 200, attempts: 3 },
      { type: 'task.expired', delivered: false, status_code: 500, attempts: 5 },
    ]);
    stop.abort();
    expect((await running).code).toBe(0);
  });

  it('prints a secret that it made, and never one that it was given', async () => {
    const lines = await start();
    expect(lines[0]).toMatch(/HUMANRAIL_WEBHOOK_SECRET=whsec_[A-Za-z0-9+/]{43}=$/);
    stop.abort();
    await running;
    stop = new AbortController();
    expect((await start('--secret', SECRET)).join('\n')).not.toContain(SECRET);
  });

  it('ends with 1 where the key may not read', async () => {
    store.server.answerWith(json(403, { error: { message: 'The key lacks tasks:read.' } }));
    await expect(start()).rejects.toThrow('The key lacks tasks:read.');
    expect((await running).code).toBe(1);
  });
});
