import { HumanRail } from '@humanrail/sdk';

type Json = Record<string, unknown>;

/** What the API received. */
export interface Seen {
  method: string;
  path: string;
  query: URLSearchParams;
  body: Json;
}

export interface FakeApi {
  client: HumanRail;
  seen: Seen[];
  /** Tasks by id, as the API spells them; change one to make something happen to it. */
  tasks: Map<string, Json>;
  /** Answers the next request with this error. */
  failNext(status: number, error: Json, headers?: Record<string, string>): void;
}

const NOW = '2026-01-31T12:00:00.000Z';

/** The HTTP edge of the API, in memory: tasks by id and idempotency key, and errors as it writes them. */
export function fakeApi(): FakeApi {
  const seen: Seen[] = [];
  const tasks = new Map<string, Json>();
  let next: Response | undefined;

  function handle(request: Seen): Response {
    if (next) {
      const failing = next;
      next = undefined;
      return failing;
    }
    const id = /^\/v1\/tasks\/([^/]+)/.exec(request.path)?.[1];
    if (request.path === '/v1/balance') {
      return Response.json({
        object: 'balance',
        mode: 'test',
        available_sats: 900,
        held_sats: 100,
      });
    }
    if (request.path === '/v1/tasks' && request.method === 'POST') return create(request.body);
    if (request.path === '/v1/tasks') {
      return Response.json({ data: [...tasks.values()], has_more: false, next_cursor: null });
    }
    const task = tasks.get(id ?? '');
    if (!task)
      return failure(404, { type: 'not_found', code: 'not_found', message: 'No such task.' });
    if (request.path.endsWith('/cancel')) {
      if (task.status === 'verified') {
        const message = 'It has an answer.';
        return failure(409, { type: 'conflict', code: 'task_not_cancellable', message });
      }
      Object.assign(task, { status: 'cancelled' });
    }
    return Response.json(task);
  }

  function create(body: Json): Response {
    const known = [...tasks.values()].find((one) => one.idempotency_key === body.idempotency_key);
    if (known) return Response.json(known);
    const task = newTask(`task-${tasks.size + 1}`, body);
    tasks.set(String(task.id), task);
    return Response.json(task, { status: 201 });
  }

  const client = new HumanRail({
    apiKey: 'ek_test_fake',
    baseUrl: 'http://api.test/v1',
    maxRetries: 0,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const url = new URL(request.url);
      const text = await request.text();
      const body = text === '' ? {} : (JSON.parse(text) as Json);
      const one = { method: request.method, path: url.pathname, query: url.searchParams, body };
      seen.push(one);
      return handle(one);
    },
  });
  return {
    client,
    seen,
    tasks,
    failNext(status, error, headers) {
      next = failure(status, error, headers);
    },
  };
}

function failure(status: number, error: Json, headers: Record<string, string> = {}): Response {
  return Response.json({ error, request_id: 'req_1' }, { status, headers });
}

function newTask(id: string, body: Json): Json {
  return {
    id,
    object: 'task',
    mode: 'test',
    status: 'posted',
    type: body.type,
    payload: body.payload,
    output_schema: body.output_schema ?? {},
    payout_sats: body.payout_sats ?? 100,
    sla_seconds: 600,
    skills_required: [],
    risk_tier: 'medium',
    redundancy: { min_votes: 1, max_votes: 1, target_confidence: 0.9 },
    instructions: '',
    metadata: {},
    callback_url: null,
    idempotency_key: body.idempotency_key,
    output: null,
    confidence: null,
    votes_used: 0,
    dissent: [],
    verification: [],
    payouts: [],
    cost_sats: { held: 110, charged: 0, fee: 0 },
    failure_reason: null,
    created_at: NOW,
    assigned_at: null,
    submitted_at: null,
    completed_at: null,
    updated_at: NOW,
    expires_at: '2026-01-31T12:10:00.000Z',
  };
}
