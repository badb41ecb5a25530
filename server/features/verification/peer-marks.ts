import { repeatedBy } from './repeated-by';
import type { PeerAnswer, Verdict } from './stage';

/** What the stages of an accepted answer noted for those that are judged beside it. */
export type PeerMarks = Required<Pick<PeerAnswer, 'reviewRequested' | 'repeats'>>;

export function marksOf(
  verdicts: readonly Pick<Verdict, 'stage' | 'verdict' | 'details'>[],
): PeerMarks {
  return {
    reviewRequested: verdicts.some(({ verdict }) => verdict === 'need_review'),
    repeats: repeatedBy(verdicts),
  };
}
