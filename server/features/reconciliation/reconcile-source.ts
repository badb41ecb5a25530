import type { RailReconcileCursor } from '@/prisma/generated/client';
import type { LightningRail } from '@/server/features/payouts';
import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { type Compared, compareBatch } from './compare-batch';
import { openSubjects, recordDifferences, resolveAgreed } from './record-differences';
import { type Ended, type Source, WINDOW_MS } from './source';

const BATCH = 200;
/** Recent records may not be committed in the order in which they ended. */
const SETTLED_MS = 10_000;
/** Sorts before every ID. */
const NIL = '00000000-0000-0000-0000-000000000000';

/** `cut`: out of time, and the next call resumes. `silent`: the rail did not respond. */
export type Outcome = 'whole' | 'cut' | 'silent';

export interface Told {
  checked: number;
  unanswered: number;
  error: unknown;
}

export interface Options {
  /** When the run started; records it already processed are skipped. */
  begunAt: Date;
  /** In clock ms; no batch starts after this. */
  until: number;
  /** Called after each batch. */
  tell(told: Told): Promise<void>;
}

/**
 * Compares all records of one kind that ended since the last complete run, plus one hour, at most
 * seven days back. Progress is saved after every batch.
 */
export async function reconcileSource<Row extends Ended>(
  rail: LightningRail,
  source: Source<Row>,
  { begunAt, tell, until }: Options,
): Promise<Outcome> {
  const { name } = rail;
  const nowMs = clock.nowMs();
  const known = await db.railReconcileCursor.findUnique({
    where: { rail_source: { rail: name, source: source.name } },
  });
  const isUnderWay = known?.positionAt != null;
  if (!isUnderWay && known?.completedAt && known.completedAt > begunAt) return 'whole';
  const end = new Date(nowMs - SETTLED_MS);
  let after = beginningOf(known, source, nowMs);
  let unansweredAt = isUnderWay ? known.unansweredAt : null;
  for (;;) {
    if (clock.nowMs() > until) return 'cut';
    const rows = await source.read(name, { after, until: end, take: BATCH });
    if (rows.length > 0) {
      const compared = await compareBatch(rail, source, rows);
      await keep(name, compared);
      const { unanswered, error, isSilent } = compared;
      const checked = rows.length - unanswered.length;
      await tell({ checked, unanswered: unanswered.length, error });
      // The next run resumes at this run's last complete batch.
      if (isSilent) return 'silent';
      const missed = unanswered.map(({ at }) => at.getTime());
      if (missed.length > 0) {
        unansweredAt = new Date(
          Math.min(...missed, unansweredAt?.getTime() ?? Number.POSITIVE_INFINITY),
        );
      }
    }
    const last = rows.at(-1);
    if (!last || rows.length < BATCH) break;
    after = { id: last.id, at: last.at };
    await keepCursor(name, source, { positionAt: last.at, positionId: last.id, unansweredAt });
  }
  await keepCursor(name, source, {
    ...{ completeUntil: unansweredAt ?? end, positionAt: null, positionId: null },
    ...{ completedAt: clock.now(), unansweredAt: null },
  });
  return 'whole';
}

/** Re-checks differences that were open before this run, however old. */
export async function reconcileOpen(
  rail: LightningRail,
  sources: readonly Source[],
): Promise<void> {
  const subjects = [...(await openSubjects(rail.name))];
  for (const source of subjects.length > 0 ? sources : []) {
    const prefix = `${source.prefix}:`;
    const ids = subjects.flatMap((each) =>
      each.startsWith(prefix) ? [each.slice(prefix.length)] : [],
    );
    if (ids.length === 0) continue;
    const rows = await source.readByIds(rail.name, ids);
    await keep(rail.name, await compareBatch(rail, source, rows));
  }
}

function beginningOf(
  known: RailReconcileCursor | null,
  { overlapMs }: Source,
  nowMs: number,
): Ended {
  const oldest = nowMs - WINDOW_MS;
  const { positionAt, positionId, completeUntil } = known ?? {};
  if (positionAt && positionId && positionAt.getTime() > oldest) {
    return { at: positionAt, id: positionId };
  }
  const wanted = completeUntil ? completeUntil.getTime() - overlapMs : oldest;
  return { at: new Date(Math.max(wanted, oldest)), id: NIL };
}

async function keep(rail: string, { differences, agreed }: Compared): Promise<void> {
  await recordDifferences(rail, differences);
  const open = await openSubjects(rail);
  await resolveAgreed(
    rail,
    agreed.filter((subject) => open.has(subject)),
  );
}

type Place = Partial<Omit<RailReconcileCursor, 'rail' | 'source'>>;

async function keepCursor(rail: string, { name: source }: Source, place: Place): Promise<void> {
  await db.railReconcileCursor.upsert({
    where: { rail_source: { rail, source } },
    create: { rail, source, ...place },
    update: place,
  });
}
