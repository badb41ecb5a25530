import { paidByPayroll } from './internal';
import { isLocalRail } from './local-rails';
import type { Paid, RailRequest } from './rail';
import { paidInSandbox } from './sandbox';

/**
 * What a rail of this database answers to a payment that it makes without fail: whoever owes it can write it down as paid
 * in the transaction in which it comes to be owed.
 * @returns null where the rail is elsewhere, refuses, or plays a misfortune: then the payment goes by attempts.
 */
export function paidHere(rail: string, request: RailRequest): Paid | null {
  if (!isLocalRail(rail)) return null;
  return rail === 'sandbox' ? paidInSandbox(request) : paidByPayroll(request);
}
