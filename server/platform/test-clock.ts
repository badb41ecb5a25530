import { atInstant, standingClock } from './clock';
import { db, hotQuery, Prisma, pool } from './db';
import { processWide } from './process-wide';

/** How long a process may take an organization's time for passing after its clock was stopped. */
export const TEST_CLOCK_KNOWN_MS = 200;

interface Known {
  /** By organization, when its time was last seen to pass. */
  passing: Map<string, number>;
  stopped: readonly string[];
  readAtMs: number;
  /** The connections it was read by; other ones may lead to another database. */
  readBy: ReturnType<typeof pool> | null;
}

const ORGANIZATIONS_KEPT = 5_000;

function known(): Known {
  const kept = processWide(
    'test-clocks',
    (): Known => ({ passing: new Map(), stopped: [], readAtMs: Number.NaN, readBy: null }),
  );
  if (kept.readBy !== pool()) {
    kept.passing.clear();
    kept.readAtMs = Number.NaN;
    kept.readBy = pool();
  }
  return kept;
}

const isKnown = (atMs: number | undefined) => {
  const ageMs = performance.now() - (atMs ?? Number.NaN);
  return ageMs < TEST_CLOCK_KNOWN_MS;
};

/**
 * Does `work` at the instant at which the test clock of an organization stands, where it has one and
 * test mode is meant; else by the wall clock.
 */
export async function onTestClock<T>(
  whose: { organizationId: string; mode: 'live' | 'test' } | null,
  work: () => Promise<T>,
): Promise<T> {
  if (whose?.mode !== 'test' || standingClock()) return work();
  const { organizationId } = whose;
  const { passing } = known();
  if (isKnown(passing.get(organizationId))) return work();
  const [row] = await hotQuery<{ nowAt: Date }>(Prisma.sql`
    SELECT now_at AS "nowAt" FROM test_clocks WHERE organization_id = ${organizationId}::uuid`);
  if (row) return atInstant({ organizationId, nowMs: row.nowAt.getTime() }, work);
  if (passing.size >= ORGANIZATIONS_KEPT) passing.clear();
  passing.set(organizationId, performance.now());
  return work();
}

/** The organizations whose test mode is off the wall clock; as it was up to 200 ms ago. */
export async function stoppedOrganizations(): Promise<readonly string[]> {
  const kept = known();
  if (isKnown(kept.readAtMs)) return kept.stopped;
  const readAtMs = performance.now();
  const rows = await db.testClock.findMany({ select: { organizationId: true } });
  kept.stopped = rows.map(({ organizationId }) => organizationId);
  kept.readAtMs = readAtMs;
  return kept.stopped;
}

/**
 * The same condition in SQL, on a table with `organization_id` and `mode` that is called `alias`. What is no
 * organization's has its time pass.
 */
export async function timePassesSql(alias: string): Promise<Prisma.Sql> {
  const stopped = await stoppedOrganizations();
  if (stopped.length === 0) return Prisma.sql`true`;
  const of = Prisma.raw(alias);
  return Prisma.sql`(${of}.mode = 'test' AND ${of}.organization_id = ANY(${[...stopped]}::uuid[])) IS NOT TRUE`;
}

/** The condition of a sweep, on rows of an organization and mode, that time passes for them. */
export async function whereTimePasses(): Promise<{
  NOT?: { mode: 'test'; organizationId: { in: string[] } };
}> {
  const stopped = await stoppedOrganizations();
  return stopped.length === 0
    ? {}
    : { NOT: { mode: 'test', organizationId: { in: [...stopped] } } };
}
