/**
 * Evidence from a worker's recent answers about accuracy: golds, and the other of each task's first
 * two answers.
 */
import { choiceKey, shareInCommon } from './agreement';
import { median } from './consensus/median';
import { priorMean } from './gold-posterior';
import type { VerificationPolicy } from './policy';
import type { GoldTally, TrackedAnswer, TypeStats } from './stage';

/** One answer of the worker. */
export interface RecentAnswer {
  /** Ids increase with submission. */
  id: string;
  taskId: string;
  choices: readonly string[];
  /** For a gold that counts: whether it was right; null for any other task. */
  goldRight: boolean | null;
}

/** Another worker's accepted answer to one of these tasks. */
export interface OtherAnswer {
  id: string;
  taskId: string;
  workerId: string;
  choices: readonly string[];
}

export interface Usual {
  typeStats: TypeStats;
  poolGold: GoldTally;
  policy: Pick<VerificationPolicy, 'gold'>;
}

/**
 * @param recent Newest first.
 * @returns oldest first; answers without anything to compare with are excluded.
 */
export function trackOf(
  recent: readonly RecentAnswer[],
  others: readonly OtherAnswer[],
  { typeStats, poolGold, policy }: Usual,
): TrackedAnswer[] {
  const { agreement } = typeStats;
  const byTask = new Map<string, OtherAnswer[]>();
  for (const other of others) {
    const known = byTask.get(other.taskId);
    if (known) known.push(other);
    else byTask.set(other.taskId, [other]);
  }
  const labels = Math.max(2, Object.keys(typeStats.labelShares).length);
  const accuracy = priorMean(poolGold, policy.gold);
  const track = recent.toReversed().flatMap((own): TrackedAnswer[] => {
    if (own.goldRight !== null) {
      return [
        { score: Number(own.goldRight), expected: accuracy, chance: 1 / labels, weighs: true },
      ];
    }
    const [first, second] = (byTask.get(own.taskId) ?? []).sort((a, b) => (a.id < b.id ? -1 : 1));
    // Third and later answers are requested because the first two differ, so they are biased.
    if (!agreement || !first || (second && second.id < own.id)) return [];
    if (own.choices.length === 0 || own.choices.length !== first.choices.length) return [];
    const usual = own.choices.map((label, place) => agreement.labels[choiceKey(place, label)]);
    const meanOf = (read: (of: { share: number; agreed: number }) => number) =>
      usual.reduce((sum, of) => sum + (of ? read(of) : 0), 0) / usual.length;
    return [
      {
        score: shareInCommon(own.choices, first.choices),
        expected: usual.every((of) => of) ? meanOf(({ agreed }) => agreed) : agreement.share,
        chance: meanOf(({ share }) => share),
        with: first.workerId,
        weighs: true,
      },
    ];
  });
  return apartFromFriends(track);
}

/** Minimum number of tasks shared with one other worker. */
const MET_MIN = 6;
/** Multiple of the usual number. */
const MET_OFTEN = 3;

/**
 * Excludes the agreement within a ring that meets on the same tasks. Identified by how often they
 * meet, not by their answers; if few workers answer everything, all meet equally often and all
 * count.
 */
function apartFromFriends(track: readonly TrackedAnswer[]): TrackedAnswer[] {
  const met = new Map<string, number>();
  for (const { with: other } of track) if (other) met.set(other, (met.get(other) ?? 0) + 1);
  const often = Math.max(MET_MIN, MET_OFTEN * median([...met.values()]));
  return track.map((each) =>
    each.with && (met.get(each.with) ?? 0) >= often ? { ...each, weighs: false } : each,
  );
}
