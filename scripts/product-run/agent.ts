import { randomUUID } from 'node:crypto';
import { callUntilAnswered } from '../crash/customer';
import type { TemporaryInstance } from '../launcher/temporary-instance';
import { awaited } from './patience';

/** The parts of a rendered task that the scenarios use. */
export interface RenderedTask {
  id: string;
  status: string;
  output: unknown;
  votes_used: number;
  failure_reason: { code: string } | null;
  payouts: { id: string; amount_sats: number; status: string }[];
  cost_sats: { held: number; charged: number; fee: number };
  created_at: string;
  completed_at: string | null;
  expires_at: string;
}

const SCHEMA = {
  type: 'object',
  required: ['verdict'],
  properties: { verdict: { type: 'string', enum: ['genuine', 'ai_generated', 'uncertain'] } },
};

/** Long-poll duration of one request; waiting costs the app nothing. */
const HELD_SECONDS = 15;
/** Poll interval for everything that no request waits for. */
const LOOK_MS = 1_000;

/** The agent whose tasks the scenarios follow; uses the running instance's public API. */
export class Agent {
  /** Agents created at the same moment must not share keys. */
  readonly #mark = randomUUID();
  #count = 0;

  constructor(
    private readonly instance: TemporaryInstance,
    /** Timeout for the engine's work, in seconds; a real server retries after minutes. */
    readonly patienceSeconds: number,
    private readonly apiKey = instance.facts.testKey,
  ) {}

  get url(): string {
    return this.instance.runtime.url;
  }

  /** The same agent in live mode, where people work. */
  live(): Agent {
    return new Agent(this.instance, this.patienceSeconds, this.instance.facts.liveKey);
  }

  /** Creates a task, with a new idempotency key. */
  async create(body: Record<string, unknown>): Promise<RenderedTask> {
    this.#count += 1;
    const answer = await callUntilAnswered(`${this.url}/v1/tasks`, this.apiKey, {
      method: 'POST',
      idempotencyKey: `product-run:${this.#mark}:${this.#count}`,
      body: {
        type: 'product_run',
        payload: { text: 'Is this review genuine?', content: `Review ${this.#count}.` },
        output_schema: SCHEMA,
        payout_sats: 100,
        sla_seconds: 1_800,
        risk_tier: 'low',
        redundancy: { min_votes: 1, max_votes: 1 },
        ...body,
      },
    });
    // 200 if the app died after creating it, and the request was retried with the same key.
    if (answer.status !== 201 && answer.status !== 200) {
      throw new Error(`Not created: ${JSON.stringify(answer.body)}`);
    }
    return answer.body as unknown as RenderedTask;
  }

  async get(path: string): Promise<Record<string, unknown>> {
    const answer = await callUntilAnswered(`${this.url}${path}`, this.apiKey, { method: 'GET' });
    if (answer.status !== 200) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  /** The current task; waits up to `waitSeconds` for it to end. */
  async task(id: string, waitSeconds = 0): Promise<RenderedTask> {
    return (await this.get(`/v1/tasks/${id}?wait=${waitSeconds}`)) as unknown as RenderedTask;
  }

  /** Waits for a status. @throws Error if the task ends in another one, or on timeout. */
  async awaitStatus(id: string, status: string): Promise<RenderedTask> {
    const ended = await awaited(`Task ${id} ends`, this.patienceSeconds, async () => {
      const task = await this.task(id, HELD_SECONDS);
      return ['verified', 'failed', 'cancelled', 'expired'].includes(task.status) && task;
    });
    if (ended.status === status) return ended;
    throw new Error(`Task ${id} is ${ended.status}, not ${status}: ${JSON.stringify(ended)}`);
  }

  /** Waits until every payout of a verified task is paid. */
  async awaitPaid(id: string): Promise<RenderedTask> {
    const look = async () => {
      const task = await this.task(id);
      const paid = task.payouts.length > 0 && task.payouts.every((each) => each.status === 'paid');
      return paid && task;
    };
    return await awaited(`Task ${id} is paid`, this.patienceSeconds, look, LOOK_MS);
  }
}
