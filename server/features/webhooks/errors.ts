import { Conflict, Unprocessable } from '@/server/platform/errors';

/** 422: the organization has reached the limit of endpoints in this mode. */
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

/** 409: somebody else changed the endpoint since it was loaded. */
export class EndpointChanged extends Conflict {
  static readonly status = 409;
  static readonly code = 'changed_meanwhile';
  constructor() {
    super(
      EndpointChanged.code,
      'Somebody else changed this endpoint in the meantime. Check the current values and save again.',
    );
  }
}
