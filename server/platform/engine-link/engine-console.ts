import { processWide } from '../process-wide';

/** What waits for one background function; times are milliseconds since the epoch, or null. */
export interface FunctionBacklog {
  functionId: string;
  /** Due, and not begun. */
  ready: number;
  executing: number;
  /** Due, and kept back by the function's own limit. */
  waitingForCapacity: number;
  /** Not due yet. */
  scheduled: number;
  oldestDueMs: number | null;
  /** Within the last day, those that were started again left out. */
  failed: number;
}

/** A run that failed for good. */
export interface FailedRun {
  id: string;
  functionId: string;
  error: string;
  endedAtMs: number | null;
}

/** The engine's own view of its work. */
export interface EngineWork {
  /** Accepted events that have started no run yet. */
  events: number;
  ready: number;
  executing: number;
  waitingForCapacity: number;
  scheduled: number;
  failed: number;
  functions: FunctionBacklog[];
}

/**
 * What the engine tells of itself. Only the embedded engine tells how much waits; of another one the
 * address of its own dashboard is known.
 */
export interface EngineConsole {
  /** Where the engine is; its pages are there too. */
  address: string | null;
  /** Null from an engine that does not tell; as it was up to some seconds ago. */
  work(): Promise<EngineWork | null>;
  /** The newest runs that failed and were not started again; null as above. */
  failedRuns(limit: number): Promise<FailedRun[] | null>;
  /** Starts a failed run again. Gives the new run's id, or null where there is none to start. */
  runAgain(runId: string): Promise<string | null>;
}

const registered = () =>
  processWide('engine-console', (): { console: EngineConsole | null } => ({ console: null }));

export function setEngineConsole(console: EngineConsole | null): void {
  registered().console = console;
}

/** Null where the process has no engine. */
export function engineConsole(): EngineConsole | null {
  return registered().console;
}
