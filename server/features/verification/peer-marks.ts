import { repeatedBy } from './repeated-by';
import type { PeerAnswer, Verdict } from './stage';

/** The findings of an accepted answer's stages that later judgements of its peers use. */
export type PeerMarks = Required<Pick<PeerAnswer, 'reviewRequested' | 'repeats'>>;

export function marksOf(
  verdicts: readonly Pick<Verdict, 'stage' | 'verdict' | 'details'>[],
): PeerMarks {
  return {
    reviewRequested: verdicts.some(({ verdict }) => verdict === 'need_review'),
    repeats: repeatedBy(verdicts),
  };
}
