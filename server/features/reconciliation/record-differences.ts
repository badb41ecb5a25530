import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { log } from '@/server/platform/log';
import type { Difference } from './source';

/** A rail's open differences. */
export async function openSubjects(rail: string): Promise<Set<string>> {
  const open = await db.railDifference.findMany({
    where: { rail, resolvedAt: null },
    select: { subject: true },
  });
  return new Set(open.map(({ subject }) => subject));
}

/**
 * Records differences, once per subject however often they are found. A difference resolved by an
 * operator stays resolved while the rail's record is unchanged.
 */
export async function recordDifferences(rail: string, found: readonly Difference[]): Promise<void> {
  if (found.length === 0) return;
  const now = clock.now();
  const rows = found.map(({ subject, kind, expected, found: says, sats, settledBecause }) => ({
    ...{ id: newId(), subject, kind, expected, found: says, sats: sats?.toString() ?? null },
    reason: settledBecause ?? null,
  }));
  const kept = await db.$queryRaw<{ subject: string; kind: string }[]>`
    INSERT INTO rail_differences AS d
      (id, rail, kind, subject, expected, found, sats, first_seen_at, last_seen_at, resolved_at,
       resolved_by, reason)
    SELECT r.id, ${rail}, r.kind, r.subject, r.expected, r.found, r.sats, ${now}, ${now},
           CASE WHEN r.reason IS NOT NULL THEN ${now}::timestamptz END,
           CASE WHEN r.reason IS NOT NULL THEN 'system' END, r.reason
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
           AS r(id uuid, kind text, subject text, expected text, found text, sats bigint, reason text)
     WHERE NOT EXISTS (
       SELECT FROM rail_differences known
        WHERE known.rail = ${rail} AND known.subject = r.subject AND known.kind = r.kind
          AND known.found = r.found AND known.resolved_by <> 'system' AND known.kind <> 'balance')
        ON CONFLICT (rail, subject) WHERE resolved_at IS NULL DO UPDATE
       SET kind = excluded.kind, expected = excluded.expected, found = excluded.found,
           sats = excluded.sats, last_seen_at = excluded.last_seen_at
    RETURNING d.subject, d.kind`;
  for (const { subject, kind } of kept) {
    log.error({ rail, subject, kind }, 'A rail’s record differs from ours');
  }
  const settled = found.filter(({ settledBecause }) => settledBecause !== undefined);
  await resolveAgreed(
    rail,
    settled.map(({ subject }) => subject),
    'It was corrected.',
  );
}

/** Resolves open differences that the rail now agrees on. */
export async function resolveAgreed(
  rail: string,
  subjects: readonly string[],
  reason = 'The rail agrees now.',
): Promise<void> {
  if (subjects.length === 0) return;
  await db.railDifference.updateMany({
    where: { rail, subject: { in: [...subjects] }, resolvedAt: null },
    data: { resolvedAt: clock.now(), resolvedBy: 'system', reason },
  });
}
