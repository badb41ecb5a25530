import {
  Conflict,
  Forbidden,
  InvalidRequest,
  NotFound,
  TooManyRequests,
} from '@/server/platform/errors';

/** 409: somebody signed up with this address before. */
export class EmailTaken extends Conflict {
  static readonly status = 409;
  static readonly code = 'email_taken';
  constructor() {
    super(EmailTaken.code, 'This e-mail address has an account already; sign in instead.', {
      param: 'email',
    });
  }
}

/** 429: too many sign-ins failed for this account or from this network. */
export class TooManyAttempts extends TooManyRequests {
  constructor(retryAfterSeconds: number) {
    super(
      'too_many_attempts',
      `Too many attempts to sign in. Try again in ${retryAfterSeconds} seconds.`,
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

/** 409: an organization without an owner could be managed by nobody. */
export class LastOwner extends Conflict {
  static readonly status = 409;
  static readonly code = 'last_owner';
  constructor() {
    super(
      LastOwner.code,
      'An organization keeps at least one owner; make somebody else one first.',
    );
  }
}

/** 404: the link was never made, was used, taken back, or is too old; which of them is not told. */
export class InvitationOver extends NotFound {
  constructor() {
    super('invitation');
    this.message =
      'This invitation is not valid any more: it was used, taken back, or is older than a week. Ask for a new link.';
  }
}

/** 409: nothing would come of it. */
export class AlreadyMember extends Conflict {
  static readonly status = 409;
  static readonly code = 'already_member';
  constructor() {
    super(AlreadyMember.code, 'You are a member of this organization already.');
  }
}

/** 429: organizations are not to be made by the hundred. */
export class TooManyOrganizations extends TooManyRequests {
  constructor(retryAfterSeconds: number) {
    super(
      'too_many_organizations',
      'You have made many organizations today. Try again tomorrow.',
      retryAfterSeconds,
    );
  }
}

/** 400: what cannot be taken back asks for the organization's name, letter by letter. */
export class NameNotTyped extends InvalidRequest {
  constructor() {
    super('This is not the organization’s name. Write it exactly as it is.', {
      code: 'name_not_typed',
      param: 'organizationName',
    });
  }
}

/** 429: too many invitations by e-mail, from this organization or to this address. */
export class TooManyInvitations extends TooManyRequests {
  constructor(retryAfterSeconds: number) {
    super(
      'too_many_invitations',
      'Many invitations were sent in the last hour. Wait a while, or copy the link instead.',
      retryAfterSeconds,
    );
  }
}

/** 403: an operator has it create nothing. */
export class OrganizationSuspended extends Forbidden {
  static readonly status = 403;
  static readonly code = 'organization_suspended';
  constructor() {
    super(
      OrganizationSuspended.code,
      'The operator of this instance has suspended your organization: nothing new is created or changed until it is resumed. Open tasks go on. The dashboard says why.',
    );
  }
}
