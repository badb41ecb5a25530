import { listTroubledEndpoints, type TroubledEndpoint } from '@/server/features/webhooks';
import type { Actor } from '@/server/platform/actor';
import { type AppProcess, listProcesses } from '@/server/platform/app-processes';
import { db } from '@/server/platform/db';
import { assertOperator } from './access';
import { listCallers, type RefusedCaller } from './list-callers';

const ENDPOINTS_MAX = 50;
const CLOCKS_MAX = 50;

/** An organization's test mode whose clock is stopped. */
export interface StandingClock {
  organizationId: string;
  organization: string;
  /** The clock's current time. */
  nowAt: Date;
  /** When it was stopped. */
  stoppedAt: Date;
  /** Jobs waiting on the clock, and those due at its current time. */
  waiting: number;
  due: number;
}

export interface DatabaseFacts {
  version: string;
  bytes: number;
  connections: number;
  connectionsMax: number;
}

/** The instance's infrastructure, and rate-limited callers. */
export interface Instance {
  processes: AppProcess[];
  database: DatabaseFacts;
  clocks: StandingClock[];
  callers: RefusedCaller[];
  endpoints: TroubledEndpoint[];
}

/** @throws Forbidden unless the actor is an operator. */
export async function getInstance(actor: Actor): Promise<Instance> {
  assertOperator(actor);
  const [processes, database, clocks, callers, endpoints] = await Promise.all([
    listProcesses(),
    measureDatabase(),
    listClocks(),
    listCallers(),
    listTroubledEndpoints(ENDPOINTS_MAX),
  ]);
  return { processes, database, clocks, callers, endpoints };
}

async function measureDatabase(): Promise<DatabaseFacts> {
  const [row] = await db.$queryRaw<DatabaseFacts[]>`
    SELECT current_setting('server_version') AS version,
           pg_database_size(current_database())::float8 AS bytes,
           (SELECT count(*)::int FROM pg_stat_activity WHERE datname = current_database()) AS connections,
           current_setting('max_connections')::int AS "connectionsMax"`;
  if (!row) throw new Error('The database returned no information about itself.');
  return row;
}

function listClocks(): Promise<StandingClock[]> {
  return db.$queryRaw<StandingClock[]>`
    SELECT c.organization_id::text AS "organizationId", o.name AS organization, c.now_at AS "nowAt",
           c.created_at AS "stoppedAt", j.waiting, j.due
      FROM test_clocks c JOIN organizations o ON o.id = c.organization_id, LATERAL (
        SELECT count(*)::int AS waiting, count(*) FILTER (WHERE due_at <= c.now_at)::int AS due
          FROM test_clock_jobs WHERE organization_id = c.organization_id) j
     ORDER BY c.created_at DESC LIMIT ${CLOCKS_MAX}`;
}
