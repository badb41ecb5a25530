import { Conflict, Unprocessable } from '@/server/platform/errors';

/** 422: the organization has as many endpoints in this mode as it may have. */
export class TooManyEndpoints extends Unprocessable {
  static readonly status = 422;
  static readonly code = 'too_many_endpoints';
  constructor(max: number) {
    super(TooManyEndpoints.code, `At most ${max} endpoints in each mode; delete one first.`);
  }
}

/** 409: events are not sent to a disabled endpoint. */
export class EndpointDisabled extends Conflict {
  static readonly status = 409;
  static readonly code = 'endpoint_disabled';
  constructor() {
    super(
      EndpointDisabled.code,
      'The endpoint is disabled; enable it first by PATCH with {"status": "enabled"}.',
    );
  }
}

/** 409: somebody else saved a change since this one was begun. */
export class EndpointChanged extends Conflict {
  static readonly status = 409;
  static readonly code = 'changed_meanwhile';
  constructor() {
    super(
      EndpointChanged.code,
      'Somebody else has changed this endpoint meanwhile. Look at what is there now, and save again.',
    );
  }
}
