import { atInstant, standingClock } from './clock';
import { hotQuery, Prisma } from './db';
import { remembered } from './remembered';

const KNOWN_MS = 400;
/** How long a reaction may use the state read at its start. */
export const TRIMMED_WITHIN_MS = 100;
/** How long a process may not know that an organization's clock was stopped. */
export const TEST_CLOCK_KNOWN_MS = KNOWN_MS + TRIMMED_WITHIN_MS;

/**
 * An organization's test clock; null while real time passes. Never cached, because its holder may
 * move it.
 */
async function findInstant(organizationId: string): Promise<number | null> {
  const stopped = stoppedOrganizations.fresh() ?? (await stoppedOrganizations());
  if (!stopped.includes(organizationId)) return null;
  const [row] = await hotQuery<{ nowAt: Date }>(Prisma.sql`
    SELECT now_at AS "nowAt" FROM test_clocks WHERE organization_id = ${organizationId}::uuid`);
  return row ? row.nowAt.getTime() : null;
}

/** Does `work` at the organization's test clock in test mode, else in real time. */
export async function onTestClock<T>(
  whose: { organizationId: string; mode: 'live' | 'test' } | null,
  work: () => Promise<T>,
): Promise<T> {
  if (whose?.mode !== 'test' || standingClock()) return work();
  const { organizationId } = whose;
  const nowMs = await findInstant(organizationId);
  return nowMs === null ? work() : atInstant({ organizationId, nowMs }, work);
}

/** Organizations with a stopped test clock; cached for up to 400 ms. */
export const stoppedOrganizations = remembered({
  freshMs: KNOWN_MS,
  // Real time, shared with other processes, regardless of clocks set by tests.
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
 * The same condition in SQL, on a table with `organization_id` and `mode` and the alias `alias`.
 * True for rows without an organization.
 */
export async function timePassesSql(alias: string): Promise<Prisma.Sql> {
  const stopped = await stoppedOrganizations();
  if (stopped.length === 0) return Prisma.sql`true`;
  const of = Prisma.raw(alias);
  return Prisma.sql`(${of}.mode = 'test' AND ${of}.organization_id = ANY(${[...stopped]}::uuid[])) IS NOT TRUE`;
}

/** A sweep's condition on rows of an organization and mode: their time passes. */
export async function whereTimePasses(): Promise<{
  NOT?: { mode: 'test'; organizationId: { in: string[] } };
}> {
  const stopped = await stoppedOrganizations();
  return stopped.length === 0
    ? {}
    : { NOT: { mode: 'test', organizationId: { in: [...stopped] } } };
}
