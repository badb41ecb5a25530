import { processWide } from '../process-wide';

/** The backlog of one background function; times are milliseconds since the epoch, or null. */
export interface FunctionBacklog {
  functionId: string;
  /** Due, but not started. */
  ready: number;
  executing: number;
  /** Due, but held back by the function's concurrency limit. */
  waitingForCapacity: number;
  /** Not due yet. */
  scheduled: number;
  oldestDueMs: number | null;
  /** Within the last day, without restarted ones. */
  failed: number;
}

/** A run that failed permanently. */
export interface FailedRun {
  id: string;
  functionId: string;
  error: string;
  endedAtMs: number | null;
}

/** The engine's own report of its work. */
export interface EngineWork {
  /** Accepted events that have not started a run yet. */
  events: number;
  ready: number;
  executing: number;
  waitingForCapacity: number;
  scheduled: number;
  failed: number;
  functions: FunctionBacklog[];
}

/**
 * The engine's own state. Only the embedded engine reports its backlog; for others only their
 * dashboard's address is known.
 */
export interface EngineConsole {
  /** The engine's address, which also serves its dashboard. */
  address: string | null;
  /** Null if the engine does not report it; cached for some seconds. */
  work(): Promise<EngineWork | null>;
  /** The latest failed runs that were not restarted; null as above. */
  failedRuns(limit: number): Promise<FailedRun[] | null>;
  /** Restarts a failed run. Returns the new run's ID, or null if there is none to restart. */
  runAgain(runId: string): Promise<string | null>;
}

const registered = () =>
  processWide('engine-console', (): { console: EngineConsole | null } => ({ console: null }));

export function setEngineConsole(console: EngineConsole | null): void {
  registered().console = console;
}

/** Null if the process has no engine. */
export function engineConsole(): EngineConsole | null {
  return registered().console;
}
