import {
  Conflict,
  Forbidden,
  InvalidRequest,
  NotFound,
  TooManyRequests,
} from '@/server/platform/errors';

/** 409: the address already has an account. */
export class EmailTaken extends Conflict {
  static readonly status = 409;
  static readonly code = 'email_taken';
  constructor() {
    super(EmailTaken.code, 'This e-mail address already has an account; sign in instead.', {
      param: 'email',
    });
  }
}

/** 429: too many failed sign-ins for this account or from this network. */
export class TooManyAttempts extends TooManyRequests {
  constructor(retryAfterSeconds: number) {
    super(
      'too_many_attempts',
      `Too many sign-in attempts. Try again in ${retryAfterSeconds} seconds.`,
      retryAfterSeconds,
    );
  }
}

/** 429: too many sign-ups with this address or from this network. */
export class TooManySignUps extends TooManyRequests {
  constructor(retryAfterSeconds: number) {
    const minutes = Math.ceil(retryAfterSeconds / 60);
    super(
      'too_many_sign_ups',
      `Too many sign-ups with this address or from this network. Check your inbox, or try again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`,
      retryAfterSeconds,
    );
  }
}

/** 403: the member has not confirmed the address of their account. */
export class AddressNotConfirmed extends Forbidden {
  static readonly status = 403;
  static readonly code = 'address_not_confirmed';
  constructor() {
    super(
      AddressNotConfirmed.code,
      'Confirm your e-mail address before you invite people. The link is in your inbox.',
    );
  }
}

/** 409: without an owner, nobody could manage the organization. */
export class LastOwner extends Conflict {
  static readonly status = 409;
  static readonly code = 'last_owner';
  constructor() {
    super(
      LastOwner.code,
      'An organization needs at least one owner; make somebody else an owner first.',
    );
  }
}

/**
 * 404: the link never existed, was used or revoked, or has expired; the response does not say
 * which.
 */
export class InvitationOver extends NotFound {
  constructor() {
    super('invitation');
    this.message = 'This invitation has expired, or was used or revoked. Ask for a new link.';
  }
}

/** 409: the user is already a member. */
export class AlreadyMember extends Conflict {
  static readonly status = 409;
  static readonly code = 'already_member';
  constructor() {
    super(AlreadyMember.code, 'You are already a member of this organization.');
  }
}

/** 429: limits organizations per user. */
export class TooManyOrganizations extends TooManyRequests {
  constructor(retryAfterSeconds: number) {
    super(
      'too_many_organizations',
      'You have created too many organizations today. Try again tomorrow.',
      retryAfterSeconds,
    );
  }
}

/** 400: irreversible actions require typing the organization's name as confirmation. */
export class NameNotTyped extends InvalidRequest {
  constructor() {
    super('This is not the organization’s name. Type it exactly as shown.', {
      code: 'name_not_typed',
      param: 'organizationName',
    });
  }
}

/** 429: too many e-mailed invitations from this organization or to this address. */
export class TooManyInvitations extends TooManyRequests {
  constructor(retryAfterSeconds: number) {
    super(
      'too_many_invitations',
      'Too many invitations were sent in the last hour. Try again later, or share the link instead.',
      retryAfterSeconds,
    );
  }
}

/** 403: suspended by an operator. */
export class OrganizationSuspended extends Forbidden {
  static readonly status = 403;
  static readonly code = 'organization_suspended';
  constructor() {
    super(
      OrganizationSuspended.code,
      'The operator of this instance has suspended your organization: nothing can be created or changed until it is resumed. Open tasks continue. See the dashboard for the reason.',
    );
  }
}
