export { proveByInvitation } from './accept-invitation';
export {
  assertActsForOrganization,
  assertAllowed,
  canListKeys,
  canManageKeys,
  canManagePeople,
  canManageTaskTypes,
  canSetSpendLimits,
  isOwner,
} from './access';
export {
  type CallbackSecrets,
  getCallbackSecrets,
  replaceCallbackSecret,
} from './callback-secret';
export { addMember, createOrganization } from './create-organization';
export { createUser } from './create-user';
export { EmailTaken, NameNotTyped, OrganizationSuspended } from './errors';
export { findPool } from './find-pool';
export { assertNotSuspended, isSuspended } from './find-suspension';
export { findActorNames } from './list-team';
export { isMailedTo, mailedToken, tokenOf } from './mailed-token';
export { openAccount } from './open-account';
export {
  listMemberships,
  memberActor,
  operatorActor,
} from './queries';
export { audit, auditAccount } from './record-audit';
export { setPublicPool } from './set-public-pool';
export { setReviewsPublicPool } from './set-reviews-public-pool';
export { setVettedWorkersOnly } from './set-vetted-workers-only';
export { suspendOrganization } from './suspend-organization';
export { assertMayInvite, throttleInvitations } from './throttle-invitations';
export { type SignedInUser, verifyPassword } from './verify-password';
