import { findLightningRail, type LightningRail, noteRailError } from '@/server/features/payouts';
import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { depositsSource, expiredDepositsSource } from './deposits-source';
import { attemptsSource, directPaymentsSource } from './payments-source';
import {
  type Options,
  type Outcome,
  reconcileOpen,
  reconcileSource,
  type Told,
} from './reconcile-source';
import type { Source } from './source';

const SOURCES: readonly Source[] = [
  attemptsSource,
  directPaymentsSource,
  depositsSource,
  expiredDepositsSource,
];

/**
 * Extra lease time: if a process dies, other processes take over the rail after its budget plus
 * this.
 */
const CLAIM_MS = 3 * 60_000;

/** The state of a run over all rails; JSON-serializable. */
export interface Run {
  /** In ms since 1970. Rails last reconciled before this are due; constant for a run. */
  sinceMs: number;
  /** False while there is more to do. */
  isDone: boolean;
}

/**
 * Checks every Lightning rail's past payments and deposits, including disabled rails, within a time
 * budget; the next call with the same `sinceMs` resumes. A rail that does not respond is left for
 * the next run.
 */
export async function reconcileRails(input: { budgetMs: number; sinceMs?: number }): Promise<Run> {
  const sinceMs = input.sinceMs ?? clock.nowMs();
  const until = clock.nowMs() + input.budgetMs;
  const rails = await db.rail.findMany({ select: { name: true }, orderBy: { position: 'asc' } });
  await db.railReconcile.createMany({
    data: rails.map(({ name }) => ({ rail: name })),
    skipDuplicates: true,
  });
  let isDone = true;
  for (const { name } of rails) {
    if (clock.nowMs() > until) return { sinceMs, isDone: false };
    if (!(await claim(name, new Date(sinceMs), input.budgetMs))) continue;
    try {
      if ((await reconcileRail(name, until)) === 'cut') isDone = false;
    } finally {
      await db.railReconcile.update({ where: { rail: name }, data: { claimedUntil: null } });
    }
  }
  return { sinceMs, isDone };
}

/** Leases a rail that is due in this run and not leased by another process. */
async function claim(rail: string, since: Date, budgetMs: number): Promise<boolean> {
  const now = clock.now();
  const { count } = await db.railReconcile.updateMany({
    where: {
      rail,
      AND: [
        { OR: [{ endedAt: null }, { endedAt: { lt: since } }] },
        { OR: [{ claimedUntil: null }, { claimedUntil: { lt: now } }] },
      ],
    },
    data: { claimedUntil: new Date(now.getTime() + budgetMs + CLAIM_MS) },
  });
  return count === 1;
}

async function reconcileRail(name: string, until: number): Promise<Outcome> {
  const begunAt = await begin(name);
  const tell = (told: Told) => count(name, told);
  let rail: LightningRail | null = null;
  try {
    rail = await findLightningRail(name);
  } catch (error) {
    // Its settings cannot be read.
    await tell({ checked: 0, unanswered: 0, error });
  }
  const outcome = rail ? await compareAll(rail, { begunAt, tell, until }) : 'silent';
  if (outcome !== 'cut') await end(name);
  return outcome;
}

async function compareAll(rail: LightningRail, options: Options): Promise<Outcome> {
  await reconcileOpen(rail, SOURCES);
  for (const source of SOURCES) {
    const outcome = await reconcileSource(rail, source, options);
    if (outcome !== 'whole') return outcome;
  }
  return 'whole';
}

/** Resumes an interrupted run, else starts a new one. @returns when it started. */
async function begin(rail: string): Promise<Date> {
  await db.$executeRaw`
    UPDATE rail_reconciles
       SET begun_at = ${clock.now()}, checked = 0, unanswered = 0, error = NULL
     WHERE rail = ${rail} AND (begun_at IS NULL OR ended_at >= begun_at)`;
  const { begunAt } = await db.railReconcile.findUniqueOrThrow({ where: { rail } });
  return begunAt ?? clock.now();
}

async function count(rail: string, { checked, unanswered, error }: Told): Promise<void> {
  await db.railReconcile.update({
    where: { rail },
    data: {
      ...{ checked: { increment: checked }, unanswered: { increment: unanswered } },
      ...(error === null ? {} : { error: error instanceof Error ? error.message : String(error) }),
    },
  });
  if (error !== null) await noteRailError({ name: rail }, error);
}

async function end(rail: string): Promise<void> {
  const now = clock.now();
  await db.$executeRaw`
    UPDATE rail_reconciles
       SET ended_at = ${now},
           failing_since = CASE WHEN error IS NOT NULL THEN coalesce(failing_since, ${now}) END
     WHERE rail = ${rail}`;
}
