import { getRecentSettings } from '@/server/features/settings';
import type { Mode } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import type { KindOfTask } from './pace';

/** What a floor is held against must not be the doing of one or two workers. */
const ANSWERS_MIN = 20;
const WORKERS_MIN = 3;

/** What the instance asks to be paid at least for a kind of task. */
export interface WageFloor {
  satsPerHour: number;
  /** The least that an accepted answer must be paid to come to that in the median time. */
  payoutSatsMin: bigint;
  /** The time that it rests on, in seconds. */
  seconds: number;
  /** Whether payouts that nobody has named are raised to it; those that somebody has named are refused. */
  raises: boolean;
}

/**
 * The floor under what a kind of task pays; null in test mode, where the instance has none, and where too few
 * answers say how long the work takes.
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
