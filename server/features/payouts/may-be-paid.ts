/**
 * Sats leave for people whose address is known to be theirs. A worker nobody signs in as, such as a
 * simulated one, has no address to confirm.
 */
export function mayBePaid(worker: { user: { emailConfirmedAt: Date | null } | null }): boolean {
  return worker.user === null || worker.user.emailConfirmedAt !== null;
}
