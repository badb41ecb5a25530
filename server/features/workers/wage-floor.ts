import { getRecentSettings } from '@/server/features/settings';
import type { Mode } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import type { KindOfTask } from './pace';

/** A floor must not depend on only one or two workers. */
const ANSWERS_MIN = 20;
const WORKERS_MIN = 3;

/** The instance's minimum wage for a kind of task. */
export interface WageFloor {
  satsPerHour: number;
  /** The minimum payout per accepted answer that meets it in the median time. */
  payoutSatsMin: bigint;
  /** The median time in seconds. */
  seconds: number;
  /** Whether default payouts are raised to it; explicit ones are rejected. */
  raises: boolean;
}

/**
 * The wage floor for a kind of task; null in test mode, which has none, or with too few answers to
 * know how long the work takes.
 */
export async function wageFloorFor({
  organizationId,
  mode,
  type,
}: KindOfTask & { mode: Mode }): Promise<WageFloor | null> {
  if (mode !== 'live') return null;
  const { satsPerHour, below } = (await getRecentSettings()).wageFloor;
  if (satsPerHour === null) return null;
  const pace = await db.typePace.findUnique({
    where: { organizationId_mode_type: { organizationId, mode, type } },
  });
  if (!pace || pace.answers < ANSWERS_MIN || pace.workers < WORKERS_MIN) return null;
  const { seconds } = pace;
  const payoutSatsMin = BigInt(Math.ceil((satsPerHour * seconds) / 3_600));
  return { satsPerHour, payoutSatsMin, seconds, raises: below === 'raise' };
}
