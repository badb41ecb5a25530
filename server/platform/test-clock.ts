import { atInstant, standingClock } from './clock';
import { hotQuery, Prisma } from './db';
import { remembered } from './remembered';

const KNOWN_MS = 400;
/** How long a reaction may act on what was known as it began. */
export const TRIMMED_WITHIN_MS = 100;
/** How long a process may take an organization's time for passing after its clock was stopped. */
export const TEST_CLOCK_KNOWN_MS = KNOWN_MS + TRIMMED_WITHIN_MS;

/**
 * Where the test clock of an organization stands; null while its time passes. Read anew each time, since whoever has
 * the clock may move it.
 */
async function findInstant(organizationId: string): Promise<number | null> {
  const stopped = stoppedOrganizations.fresh() ?? (await stoppedOrganizations());
  if (!stopped.includes(organizationId)) return null;
  const [row] = await hotQuery<{ nowAt: Date }>(Prisma.sql`
    SELECT now_at AS "nowAt" FROM test_clocks WHERE organization_id = ${organizationId}::uuid`);
  return row ? row.nowAt.getTime() : null;
}

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
  const nowMs = await findInstant(organizationId);
  return nowMs === null ? work() : atInstant({ organizationId, nowMs }, work);
}

/** The organizations whose test mode is off the wall clock; as it was up to 400 ms ago. */
export const stoppedOrganizations = remembered({
  freshMs: KNOWN_MS,
  // Real time, as other processes go by, whatever clock a test has put in place.
  nowMs: () => performance.now(),
  name: 'test-clock.stopped',
  read: async (): Promise<readonly string[]> => {
    const rows = await hotQuery<{ id: string }>(
      Prisma.sql`SELECT organization_id::text AS id FROM test_clocks`,
    );
    return rows.map(({ id }) => id);
  },
});

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
