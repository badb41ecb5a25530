import type { Actor } from '@/server/platform/actor';
import {
  type EngineCheck,
  type EngineWork,
  engineCheck,
  engineConsole,
  type FailedRun,
} from '@/server/platform/engine-link';
import {
  countOutbox,
  type FailingRow,
  listFailingRows,
  type OutboxCounts,
} from '@/server/platform/outbox';
import { assertOperator } from './access';
import { isSweep, listSweeps, type Sweep } from './list-sweeps';

const ROWS_MAX = 100;
const RUNS_MAX = 100;

/** The state of background work. */
export interface System {
  engine: EngineCheck;
  /** The address of the engine's own dashboard; null if there is none. */
  engineAddress: string | null;
  /**
   * Null if the engine does not report it, such as an Inngest server, which has its own dashboard.
   */
  work: EngineWork | null;
  /** Runs that failed in the last week and were not restarted, without sweeps; at most 100. */
  failedRuns: FailedRun[];
  sweeps: Sweep[];
  outbox: OutboxCounts;
  /** Outbox events that keep failing; at most 100. */
  failing: FailingRow[];
}

/** @throws Forbidden unless the actor is an operator. */
export async function getSystem(actor: Actor): Promise<System> {
  assertOperator(actor);
  const console = engineConsole();
  const [engine, work, failedRuns, sweeps, outbox, failing] = await Promise.all([
    engineCheck(),
    console?.work() ?? null,
    console?.failedRuns(RUNS_MAX) ?? null,
    listSweeps(),
    countOutbox(),
    listFailingRows(ROWS_MAX),
  ]);
  const engineAddress = console?.address ?? null;
  return {
    engine,
    engineAddress,
    work,
    failedRuns: (failedRuns ?? []).filter(({ functionId }) => !isSweep(functionId)),
    sweeps,
    outbox,
    failing,
  };
}
