import type { Claim, Taken } from './claimed-job';
import type { Queryable } from './database';

/** A change to a step of a run; `result` and `payload` are JSON text. */
export type StepEffect =
  | { state: 'done'; id: string; op: string; name?: string; result: string }
  | { state: 'resumed'; id: string; result: string }
  | {
      state: 'pending';
      id: string;
      op: string;
      name?: string;
      race?: boolean;
      /** Continues at a time: the call of a planned step, the end of a sleep, a timeout. */
      job?: { id: string; kind: string; runAt: number; payload?: string };
      /** Continues on an event or signal. */
      pause?: {
        id: string;
        kind: 'wait' | 'signal';
        eventName: string;
        expression?: string;
        matchPath?: string;
        matchValue?: string;
        expiresAt: number;
        /** How a second waiter for the same signal is handled. */
        conflict?: 'fail' | 'replace';
      };
    };

/** A change to one run, applied as a whole or, if the job's lease has expired, not at all. */
export interface Effect {
  run: string;
  /** The job that caused it, and its lease token; absent for events and signals. */
  job?: string;
  token?: string;
  startedAt?: number;
  /** Keeps the lease: a checkpoint of a call that continues. */
  keep?: true;
  /** From now on steps are planned, not executed in the discovering call. */
  plan?: true;
  version?: number;
  steps?: StepEffect[];
  /** Calls the function again: once nothing is pending, or always. */
  next?: 'auto' | 'always';
  retry?: { attempt: number; runAt: number; error: string; unreachableSince?: number };
  finish?: { status: 'completed' | 'failed' | 'cancelled'; output?: string; error?: string };
}

/**
 * `emitted`: applied, and an event about it waits in the inbox; `stale`: the lease has expired;
 * `ended`: the run was over; `noop`: nothing new, and nothing is awaited; `full`: a checkpoint that
 * exceeds the limits.
 */
export type Outcome = 'ok' | 'emitted' | 'stale' | 'ended' | 'noop' | 'full';

/** Applies effects in one statement, ordered by run, as the lock order requires. */
export async function applyEffects(
  db: Queryable,
  effects: Effect[],
  nowMs: number,
): Promise<Outcome[]> {
  if (effects.length === 0) return [];
  const order = lockOrder(effects);
  const { rows } = await db.query<{ outcomes: Outcome[] }>(
    'SELECT commit_effects($1, $2) AS outcomes',
    [JSON.stringify(order.map((index) => effects[index])), nowMs],
  );
  return inOrderOf(order, rows[0]?.outcomes);
}

/** Same, and leases jobs in the same transaction. */
export async function applyEffectsAndTake(
  db: Queryable,
  effects: Effect[],
  nowMs: number,
  claim: Claim,
): Promise<Taken & { outcomes: Outcome[] }> {
  const order = lockOrder(effects);
  const { rows } = await db.query<Taken & { outcomes: Outcome[] }>(
    'SELECT * FROM commit_and_take($1, $2, $3, $4, $5)',
    [
      JSON.stringify(order.map((index) => effects[index])),
      nowMs,
      claim.leaseMs,
      claim.owner,
      claim.size,
    ],
  );
  const [row] = rows;
  const { jobs = null, ready = null, due = null } = row ?? {};
  return { jobs, ready, due, outcomes: inOrderOf(order, row?.outcomes) };
}

function lockOrder(effects: Effect[]): number[] {
  const order = effects.map((_, index) => index);
  return order.sort((a, b) => compare(effects[a]?.run ?? '', effects[b]?.run ?? '') || a - b);
}

function inOrderOf(order: number[], answered: Outcome[] | undefined): Outcome[] {
  const outcomes = new Array<Outcome>(order.length).fill('ok');
  order.forEach((index, position) => {
    outcomes[index] = answered?.[position] ?? 'ok';
  });
  return outcomes;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Ends a run as cancelled. */
export function cancelEffect(run: string, reason: string): Effect {
  return { run, finish: { status: 'cancelled', error: errorJson('Cancelled', reason) } };
}

/** An error in the shape that functions and failure events receive. */
export function errorJson(name: string, message: string, stack = ''): string {
  return JSON.stringify({ error: message, name, message, stack });
}
