import { Conflict, NotFound, Unprocessable } from '@/server/platform/errors';

/** 404: the link was never made, is used up, was taken back, or is too old; which is not told. */
export class PoolInvitationOver extends NotFound {
  constructor() {
    super('invitation');
    this.message =
      'This invitation is not valid any more: it was used, taken back, or is older than two weeks. Ask for a new link.';
  }
}

/** 409: nothing would come of it; the link is left for somebody else. */
export class AlreadyInPool extends Conflict {
  static readonly status = 409;
  static readonly code = 'already_in_pool';
  constructor() {
    super(AlreadyInPool.code, 'You answer tasks for this organization already.');
  }
}

/** 409: somebody else saved a change since this one was begun. */
export class PersonChanged extends Conflict {
  static readonly status = 409;
  static readonly code = 'changed_meanwhile';
  constructor() {
    super(
      PersonChanged.code,
      'Somebody else has changed this person meanwhile. Look at what is there now, and save again.',
    );
  }
}

/** 422: a guest's tier and capacity belong to the pool they come from. */
export class SetElsewhere extends Unprocessable {
  static readonly status = 422;
  static readonly code = 'set_elsewhere';
  constructor() {
    super(
      SetElsewhere.code,
      'This person works in another pool as well, where their tier and capacity are set.',
    );
  }
}

/** 409: the operator of the instance has turned this person away. */
export class PausedByOperator extends Conflict {
  static readonly status = 409;
  static readonly code = 'paused_by_operator';
  constructor() {
    super(
      PausedByOperator.code,
      'The operator of this instance has paused this person. Write to them to have it undone.',
    );
  }
}
