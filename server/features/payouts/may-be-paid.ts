/**
 * Payouts require a confirmed e-mail address. Workers without a user, such as simulated ones, have
 * none to confirm.
 */
export function mayBePaid(worker: { user: { emailConfirmedAt: Date | null } | null }): boolean {
  return worker.user === null || worker.user.emailConfirmedAt !== null;
}
