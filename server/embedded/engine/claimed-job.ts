/** A leased job with the data needed to call its run; times are milliseconds. */
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
  /** JSON texts of the run's events; null if the job has no run. */
  events: string[] | null;
  plan: boolean | null;
  version: number | null;
  bytes: number | null;
  /** The members of the JSON object of memoized steps, without its braces. */
  steps: string | null;
  /** Ids of the memoized steps in the order of completion. */
  stack: string[] | null;
  /**
   * The registry's version at lease time; an older registry may lead to an app that does not know
   * its event.
   */
  registry_version: number;
}

/** Who leases jobs, how many at most, and for how long. */
export interface Claim {
  owner: string;
  leaseMs: number;
  /** 0 leases none and only peeks. */
  size: number;
}

/** The result of a statement that leases jobs. */
export interface Taken {
  /** Null if there are none. */
  jobs: ClaimedJob[] | null;
  /** More jobs are ready. */
  ready: boolean | null;
  /** When the next job is due, in milliseconds; null if none is scheduled. */
  due: number | null;
}

/**
 * Leases up to `wanted` jobs, limited by free workers, in a statement sent by `work` that also does
 * something else and frees `freed` workers.
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

/** Sent to the app as `qi_id` and returned with a checkpoint; identifies the lease. */
export function queueItemId(job: ClaimedJob): string {
  return Buffer.from(JSON.stringify([job.id, job.token, job.claimed_at])).toString('base64url');
}

/** Parses a `qi_id`; undefined if it is not one of ours. */
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
