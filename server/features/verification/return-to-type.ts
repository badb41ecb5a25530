import type { SkillPause } from '@/prisma/generated/client';
import { SYSTEM } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { db, Prisma, type Tx, transaction } from '@/server/platform/db';
import { kickOutbox, type OutgoingEvent } from '@/server/platform/outbox';
import { stoppedOrganizations } from '@/server/platform/test-clock';
import { endPause } from './pause-skill';
import type { GoldTally } from './stage';

/** Maximum pauses ended per run of the sweep. */
const ENDED_MAX = 200;
const NOTHING: GoldTally = { correct: 0, total: 0 };

/** A passed quiz that ends a pause; its answers, already counted, are the first of the new record. */
export async function returnByQuiz(
  tx: Tx,
  pauseId: string,
  questions: readonly { correct: boolean | null; answeredAt: Date | null }[],
): Promise<void> {
  const pause = await tx.skillPause.findUniqueOrThrow({ where: { id: pauseId } });
  const answered = questions.filter(({ answeredAt }) => answeredAt !== null);
  const since = {
    total: answered.length,
    correct: answered.filter(({ correct }) => correct).length,
  };
  await endPause(tx, SYSTEM, pause, { reason: 'quiz', since });
}

type Ending = Pick<SkillPause, 'id' | 'returnsAt'>;

/** Pauses that end by time only. */
function findProbations(tx: Pick<Tx, '$queryRaw'>, which: Prisma.Sql): Promise<Ending[]> {
  return tx.$queryRaw<Ending[]>`
    SELECT p.id::text AS id, p.returns_at AS "returnsAt"
      FROM skill_pauses p JOIN workers w ON w.id = p.worker_id
     WHERE p.lifted_at IS NULL AND p.returns_by = 'probation' AND ${which}
     ORDER BY p.returns_at, p.id LIMIT ${ENDED_MAX}`;
}

/**
 * Ends pauses without a quiz whose time is up, by real time. Golds are then as frequent as for a
 * newcomer.
 * @returns how many there were.
 */
export async function endProbations(): Promise<number> {
  const stopped = await stoppedOrganizations();
  const due = await findProbations(
    db,
    Prisma.sql`p.returns_at <= ${clock.now()}
      AND NOT (w.mode = 'test' AND p.organization_id = ANY(${[...stopped]}::uuid[]))`,
  );
  for (const { id } of due) await endProbation(id);
  return due.length;
}

/** Ends one, if its time is up. */
export async function endProbation(pauseId: string): Promise<boolean> {
  const ended = await transaction(async (tx) => {
    const pause = await tx.skillPause.findFirst({
      where: { id: pauseId, liftedAt: null, returnsAt: { lte: clock.now() } },
    });
    return pause !== null && endPause(tx, SYSTEM, pause, { reason: 'probation', since: NOTHING });
  });
  if (ended) kickOutbox();
  return ended;
}

/** When the pauses of scripted workers that end by time do so, for a test clock. */
export async function probationEnds(
  tx: Pick<Tx, '$queryRaw'>,
  which: { organizationId: string } | { pauseIds: readonly string[] },
): Promise<OutgoingEvent[]> {
  const chosen =
    'organizationId' in which
      ? Prisma.sql`p.organization_id = ${which.organizationId}::uuid`
      : Prisma.sql`p.id = ANY(${[...which.pauseIds]}::uuid[])`;
  const pauses = await findProbations(tx, Prisma.sql`w.scripted_for IS NOT NULL AND ${chosen}`);
  return pauses.flatMap(({ id, returnsAt }) => {
    const ends = { id: `end-probation:${id}`, name: 'verification/end-probation' };
    return returnsAt ? [{ ...ends, data: { pauseId: id }, ts: returnsAt.getTime() }] : [];
  });
}
