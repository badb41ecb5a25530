import { Conflict, NotFound, Unprocessable } from '@/server/platform/errors';

/**
 * 404: the link never existed, was used or revoked, or has expired; the response does not say
 * which.
 */
export class PoolInvitationOver extends NotFound {
  constructor() {
    super('invitation');
    this.message = 'This invitation has expired, or was used or revoked. Ask for a new link.';
  }
}

/** 409: the user is already in the pool; the link is not consumed. */
export class AlreadyInPool extends Conflict {
  static readonly status = 409;
  static readonly code = 'already_in_pool';
  constructor() {
    super(AlreadyInPool.code, 'You already answer tasks for this organization.');
  }
}

/** 409: somebody else changed the person since they were loaded. */
export class PersonChanged extends Conflict {
  static readonly status = 409;
  static readonly code = 'changed_meanwhile';
  constructor() {
    super(
      PersonChanged.code,
      'Somebody else changed this person in the meantime. Check the current values and save again.',
    );
  }
}

/** 422: a guest's tier and capacity are set by their own pool. */
export class SetElsewhere extends Unprocessable {
  static readonly status = 422;
  static readonly code = 'set_elsewhere';
  constructor() {
    super(
      SetElsewhere.code,
      'This person belongs to another pool, which sets their tier and capacity.',
    );
  }
}

/** 409: paused by the instance's operator. */
export class PausedByOperator extends Conflict {
  static readonly status = 409;
  static readonly code = 'paused_by_operator';
  constructor() {
    super(
      PausedByOperator.code,
      'The operator of this instance has paused this person. Contact the operator to resume them.',
    );
  }
}
