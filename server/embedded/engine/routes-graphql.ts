import { buildSchema, graphql } from 'graphql';
import { requireOperator } from './access';
import type { Database } from './database';
import { HttpRefusal, readJson, sendJson } from './http-exchange';
import type { Exchange, Route } from './route';

/**
 * The few GraphQL queries that Inngest's own tools and tests send to the development server: a
 * run's status, its output, and an event's content. Names and shapes are the real server's.
 */
export const graphqlRoutes: Route[] = [{ method: 'POST', path: /^\/v0\/gql$/, handle: answer }];

const schema = buildSchema(`
  scalar ULID
  scalar Map
  type Query {
    run(runID: String!): FunctionRunV2
    runTraceSpanOutputByID(outputID: String!): RunTraceSpanOutput
    eventV2(id: ULID!): EventV2
  }
  type FunctionRunV2 {
    id: ULID!
    functionID: String!
    eventName: String
    status: String!
    queuedAt: String!
    startedAt: String
    endedAt: String
    output: String
    trace(preview: Boolean): RunTraceSpan
  }
  type RunTraceSpan {
    runID: ULID!
    spanID: String!
    stepID: String
    stepOp: String
    name: String!
    status: String!
    queuedAt: String!
    startedAt: String
    endedAt: String
    outputID: String
    metadata: [SpanMetadata!]!
    childrenSpans: [RunTraceSpan!]!
  }
  type SpanMetadata { scope: String! kind: String! values: Map! updatedAt: String! }
  type RunTraceSpanOutput { data: String error: StepError }
  type StepError { message: String! name: String stack: String }
  type EventV2 { id: ULID! name: String! idempotencyKey: String occurredAt: String! receivedAt: String! raw: String! }
`);

interface RunRow {
  id: string;
  fn_id: string;
  status: string;
  event_name: string;
  created_at: number;
  started_at: number | null;
  ended_at: number | null;
  output: string | null;
  error: string | null;
}

interface StepRow {
  id: string;
  name: string;
  op: string;
  done: boolean;
  created_at: number;
  ended_at: number | null;
  result: string | null;
}

/** The resolvers over one database; a step's output is addressed as `<run>/<step>`. */
function questionsTo(db: Database) {
  return {
    async run({ runID }: { runID: string }) {
      const run = await findRun(db, runID);
      return run && renderRun(run, () => findSteps(db, run.id));
    },
    async runTraceSpanOutputByID({ outputID }: { outputID: string }) {
      const [runId = '', stepId] = outputID.split('/');
      if (stepId === undefined) {
        const run = await findRun(db, runId);
        return run && { data: run.output, error: run.error === null ? null : faultOf(run.error) };
      }
      const step = (await findSteps(db, runId)).find(({ id }) => id === stepId);
      return step?.result ? outcomeOf(step.result) : null;
    },
    async eventV2({ id }: { id: string }) {
      const { rows } = await db.query<{
        id: string;
        name: string;
        custom_id: string | null;
        ts: number;
        received_at: number;
        body: string;
      }>('SELECT id, name, custom_id, ts, received_at, body FROM event WHERE id = $1', [id]);
      const [event] = rows;
      return (
        event && {
          id: event.id,
          name: event.name,
          idempotencyKey: event.custom_id ?? event.id,
          occurredAt: momentOf(event.ts),
          receivedAt: momentOf(event.received_at),
          raw: event.body,
        }
      );
    },
  };
}

async function findRun(db: Database, id: string): Promise<RunRow | undefined> {
  const { rows } = await db.query<RunRow>(
    `SELECT id, fn_id, status, event_name, created_at, started_at, ended_at, output, error
       FROM run WHERE id = $1`,
    [id],
  );
  return rows[0];
}

async function findSteps(db: Database, runId: string): Promise<StepRow[]> {
  const { rows } = await db.query<StepRow>(
    `SELECT id, name, op, done, created_at, ended_at, result FROM step
      WHERE run_id = $1 ORDER BY seq NULLS LAST, created_at`,
    [runId],
  );
  return rows;
}

function renderRun(run: RunRow, steps: () => Promise<StepRow[]>) {
  const times = {
    queuedAt: momentOf(run.created_at),
    startedAt: momentOf(run.started_at),
    endedAt: momentOf(run.ended_at),
  };
  const status = run.status.toUpperCase();
  const hasOutcome = run.output !== null || run.error !== null;
  return {
    id: run.id,
    functionID: run.fn_id,
    eventName: run.event_name,
    status,
    ...times,
    output: run.output ?? run.error,
    trace: () => ({
      runID: run.id,
      spanID: run.id,
      stepID: null,
      stepOp: null,
      name: run.fn_id,
      status,
      ...times,
      outputID: hasOutcome ? run.id : null,
      metadata: [],
      childrenSpans: async () => (await steps()).map((step) => renderStep(run.id, step)),
    }),
  };
}

function renderStep(runId: string, step: StepRow) {
  const failed = step.result !== null && outcomeOf(step.result).error !== null;
  const ended = failed ? 'FAILED' : 'COMPLETED';
  return {
    runID: runId,
    spanID: `${runId}/${step.id}`,
    stepID: step.id,
    stepOp: step.op,
    name: step.name,
    status: step.done ? ended : 'RUNNING',
    queuedAt: momentOf(step.created_at),
    startedAt: momentOf(step.created_at),
    endedAt: momentOf(step.ended_at),
    outputID: step.result === null ? null : `${runId}/${step.id}`,
    metadata: [],
    childrenSpans: [],
  };
}

/** A step's memo as the SDK receives it: `{data}`, `{error}`, or null for a sleep. */
function outcomeOf(result: string) {
  const value = JSON.parse(result) as { data?: unknown; error?: unknown } | null;
  const error = value?.error === undefined ? null : faultOf(JSON.stringify(value.error));
  return { data: value?.data === undefined ? null : JSON.stringify(value.data), error };
}

function faultOf(text: string) {
  const value = JSON.parse(text) as { message?: string; name?: string; stack?: string } | null;
  return {
    message: value?.message ?? text,
    name: value?.name ?? null,
    stack: value?.stack ?? null,
  };
}

function momentOf(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}

async function answer({ core, rules, request, response }: Exchange): Promise<void> {
  requireOperator(request, rules);
  const { query, variables, operationName } = ((await readJson(request)) ?? {}) as {
    query?: unknown;
    variables?: Record<string, unknown>;
    operationName?: string;
  };
  if (typeof query !== 'string') throw new HttpRefusal(400, 'The body must hold a query.');
  const result = await graphql({
    schema,
    source: query,
    rootValue: questionsTo(core.db),
    variableValues: variables,
    operationName,
  });
  sendJson(response, 200, result);
}
