import type { WorkerActor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { canonicalJson } from '@/server/platform/crypto';
import { db } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { newIdAt } from '@/server/platform/ids';
import { signReceipt } from '@/server/platform/receipt-signature';
import type { Credential, Standing } from './schema';
import { poolGold, recordsOf, standingInSkills } from './skill-standing';
import type { GoldTally } from './stage';
import { placeOf, typeStandingsOf } from './type-standing';

/**
 * A worker's standing: accuracy in each organization's type with the interval that holds 90% of its
 * posterior, the tier and the requirements of the next one, paused types and how to reopen them.
 * @throws NotFound
 */
export async function getStanding(actor: WorkerActor): Promise<Standing> {
  const worker = await db.worker.findFirst({
    where: { id: actor.workerId, mode: actor.mode },
    include: { skills: { orderBy: { skill: 'asc' } } },
  });
  if (!worker) throw new NotFound('worker');
  const asOf = clock.now();
  asOf.setUTCHours(0, 0, 0, 0);
  const leftOut = await goldsAfter(worker.id, asOf);
  const [records, pool, standings] = await Promise.all([
    recordsOf([worker.id]),
    poolGold(actor.mode),
    typeStandingsOf([worker], { mode: actor.mode, organizationId: null, leftOut }),
  ]);
  const lateOf = (type: string) => sumOf(leftOut, type);
  return {
    tier: worker.tier,
    tierAuto: worker.tierAuto,
    reliability: worker.reliability,
    answers: {
      accepted: records.reduce((sum, each) => sum + each.accepted, 0),
      rejected: records.reduce((sum, each) => sum + each.rejected, 0),
    },
    asOf,
    types: (standings.get(worker.id) ?? []).map(({ organizationId: _, ...shown }) => shown),
    skills: standingInSkills(
      worker,
      records.map((record) => {
        const { correct, total } = lateOf(record.type);
        const { goldCorrect, goldTotal } = record;
        return { ...record, goldCorrect: goldCorrect - correct, goldTotal: goldTotal - total };
      }),
      new Map([...pool].map(([type, tally]) => [type, less(tally, lateOf(type))])),
    ),
  };
}

/** Golds answered since a time, by organization and type. */
async function goldsAfter(workerId: string, since: Date): Promise<Map<string, GoldTally>> {
  const rows = await db.$queryRaw<(GoldTally & { organizationId: string; type: string })[]>`
    SELECT a.organization_id AS "organizationId", a.type, count(*)::int AS total,
           (count(*) FILTER (WHERE (v.details -> 'gold' ->> 'correct')::boolean))::int AS correct
      FROM answers a JOIN verdicts v ON v.answer_id = a.id AND v.stage = 'gold'
     WHERE a.worker_id = ${workerId}::uuid AND a.id >= ${newIdAt(since.getTime())}::uuid
       AND v.details -> 'gold' ->> 'correct' IS NOT NULL
     GROUP BY a.organization_id, a.type`;
  return new Map(rows.map(({ correct, total, ...at }) => [placeOf(at), { correct, total }]));
}

/** A type's totals over all organizations. */
function sumOf(tallies: ReadonlyMap<string, GoldTally>, type: string): GoldTally {
  const own = [...tallies].filter(([place]) => place.endsWith(` ${type}`));
  return own.reduce(
    (sum, [, { correct, total }]) => ({ correct: sum.correct + correct, total: sum.total + total }),
    { correct: 0, total: 0 },
  );
}

function less(tally: GoldTally, late: GoldTally): GoldTally {
  return {
    correct: Math.max(0, tally.correct - late.correct),
    total: Math.max(0, tally.total - late.total),
  };
}

/**
 * The standing as a portable document, signed by this instance.
 * @throws NotFound
 */
export async function getCredential(actor: WorkerActor): Promise<Credential> {
  const [standing, worker] = await Promise.all([
    getStanding(actor),
    db.worker.findUniqueOrThrow({ where: { id: actor.workerId } }),
  ]);
  const round = (value: number) => Math.round(value * 10_000) / 10_000;
  const facts = {
    object: 'worker_credential' as const,
    worker_id: worker.id,
    name: worker.displayName,
    mode: worker.mode,
    issued_at: clock.now().toISOString(),
    member_since: worker.createdAt.toISOString(),
    tier: standing.tier,
    answers: standing.answers,
    skills: standing.skills.map((each) => ({
      skill: each.skill,
      checked: each.total,
      correct: each.correct,
      accuracy: round(each.accuracy),
      lower: round(each.lower),
      upper: round(each.upper),
    })),
  };
  return { ...facts, signature: await signReceipt(canonicalJson(facts)) };
}
