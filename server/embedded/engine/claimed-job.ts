/** A leased job with what its run needs to be called; times are milliseconds. */
export interface ClaimedJob {
  id: string;
  kind: string;
  run_id: string | null;
  fn_id: string | null;
  step_id: string | null;
  run_at: number;
  attempt: number;
  max_attempts: number;
  unreachable_since: number | null;
  token: string;
  claimed_at: number;
  payload: string | null;
  /** JSON texts of the run's events; null when the job has no run. */
  events: string[] | null;
  plan: boolean | null;
  version: number | null;
  bytes: number | null;
  /** The members of the JSON object of memoized steps, without its braces. */
  steps: string | null;
  /** Ids of the memoized steps in the order of their completion. */
  stack: string[] | null;
  /** The registry's when it was leased: one that is older may lead to an app that does not know its event. */
  registry_version: number;
}

/** For whom a statement leases jobs, how many at most, and for how long. */
export interface Claim {
  owner: string;
  leaseMs: number;
  /** 0 leases none, and only looks. */
  size: number;
}

/** What a statement that leases jobs answers. */
export interface Taken {
  /** Null when there are none. */
  jobs: ClaimedJob[] | null;
  /** More jobs are ready. */
  ready: boolean | null;
  /** When the next job falls due, in milliseconds; null when none is timed. */
  due: number | null;
}

/**
 * Leases up to `wanted` jobs, as many as can be worked on here, by a statement that `work` sends and
 * that does something else as well; `freed` workers become free by it.
 */
export type TakeWith = <T extends Taken>(
  wanted: number,
  work: (claim: Claim) => Promise<T>,
  freed?: number,
) => Promise<T>;

/** A job that calls a function; its run exists. */
export interface CallJob extends ClaimedJob {
  run_id: string;
  fn_id: string;
  step_id: string;
  events: string[];
}

export function isCall(job: ClaimedJob): job is CallJob {
  return job.kind === 'call' && job.run_id !== null && job.fn_id !== null && job.events !== null;
}

/** What the app gets as `qi_id` and sends back with a checkpoint: which lease it works under. */
export function queueItemId(job: ClaimedJob): string {
  return Buffer.from(JSON.stringify([job.id, job.token, job.claimed_at])).toString('base64url');
}

/** Reads a `qi_id` back; undefined when it is not one of ours. */
export function parseQueueItemId(
  text: unknown,
): { job: string; token: string; claimedAt: number } | undefined {
  if (typeof text !== 'string') return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (!Array.isArray(value)) return undefined;
    const [job, token, claimedAt] = value as unknown[];
    if (typeof job !== 'string' || typeof token !== 'string' || typeof claimedAt !== 'number') {
      return undefined;
    }
    return { job, token, claimedAt };
  } catch {
    return undefined;
  }
}
