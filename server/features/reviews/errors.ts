import { Conflict } from '@/server/platform/errors';

/** 409: somebody else decided, or the task ended first. */
export class ReviewClosed extends Conflict {
  constructor() {
    super('review_closed', 'This review is over: it was decided, or its task has ended.');
  }
}

/** 409: another reviewer looks at it, until `details.claimed_until` at the latest. */
export class ReviewClaimed extends Conflict {
  constructor(until: Date) {
    super('review_claimed', 'Another reviewer looks at this one now.', {
      details: { claimed_until: until.toISOString() },
    });
  }
}
