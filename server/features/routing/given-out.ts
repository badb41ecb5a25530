import type { Candidate } from './score';

/**
 * What a batch has given workers since it read them, so that its tasks spread over all who are free
 * instead of each being offered to the same best one.
 */
export class GivenOut {
  private readonly places = new Map<string, number>();

  /** The candidates with room left, as they are after what this batch gave them. */
  free(candidates: readonly Candidate[]): Candidate[] {
    return candidates.flatMap((candidate) => {
      const places = this.places.get(candidate.workerId) ?? 0;
      if (places === 0) return [candidate];
      const open = candidate.open + places;
      return open < candidate.capacity ? [{ ...candidate, open, idleSeconds: 0 }] : [];
    });
  }

  /** The workers of a script take whatever comes, so that nothing of theirs is counted. */
  give(candidates: readonly Candidate[]): void {
    for (const { workerId, scriptSeat } of candidates) {
      if (scriptSeat === null) this.places.set(workerId, (this.places.get(workerId) ?? 0) + 1);
    }
  }
}
