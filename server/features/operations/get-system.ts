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

/** How the instance's background work is going. */
export interface System {
  engine: EngineCheck;
  /** Where the engine and its own pages are; null where none is configured. */
  engineAddress: string | null;
  /** Null from an engine that does not tell, such as an Inngest server; its own pages do. */
  work: EngineWork | null;
  /** Runs that failed within the last week and were not started again, those of sweeps left out; at most 100. */
  failedRuns: FailedRun[];
  sweeps: Sweep[];
  outbox: OutboxCounts;
  /** The facts that keep failing; at most 100. */
  failing: FailingRow[];
}

/** @throws Forbidden for anybody but operators. */
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
