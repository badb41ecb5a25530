import { Conflict } from '@/server/platform/errors';

/** 409: it was decided by somebody else, or the task has ended. */
export class ReviewClosed extends Conflict {
  constructor() {
    super('review_closed', 'This review was already decided, or its task has ended.');
  }
}

/** 409: claimed by another reviewer, until `details.claimed_until` at the latest. */
export class ReviewClaimed extends Conflict {
  constructor(until: Date) {
    super('review_claimed', 'Another reviewer is working on this review.', {
      details: { claimed_until: until.toISOString() },
    });
  }
}
