import { paidByPayroll } from './internal';
import { isLocalRail } from './local-rails';
import type { Paid, RailRequest } from './rail';
import { paidInSandbox } from './sandbox';

/**
 * The result of a local rail whose payment cannot fail, so that it can be recorded in the
 * transaction that creates the debt.
 * @returns null if the rail is external, rejects, or simulates a failure: then the payment uses
 * attempts.
 */
export function paidHere(rail: string, request: RailRequest): Paid | null {
  if (!isLocalRail(rail)) return null;
  return rail === 'sandbox' ? paidInSandbox(request) : paidByPayroll(request);
}
