import type { RailPayment } from '@/prisma/generated/client';
import { NOTHING_PREPARED, type Paid, type Rail, type RailRequest, type RailResult } from './rail';
import { findOrVoidPayment, recordPayment } from './record-payment';

const NAME = 'internal';

/** Records what is owed, for payroll to pay outside of this system. Never rejects. */
export const internalRail: Rail = {
  name: NAME,
  voidsAbsent: true,
  prepare: () => Promise.resolve({ status: 'ready', preparation: NOTHING_PREPARED }),
  async pay(request) {
    const entry = await recordPayment(NAME, request, { status: 'paid', reason: null });
    return resultOf(request, entry);
  },
  async lookup(request) {
    const entry = await findOrVoidPayment(NAME, request);
    return entry.status === 'void' ? { status: 'absent' } : resultOf(request, entry);
  },
};

function resultOf(request: RailRequest, entry: Pick<RailPayment, 'status' | 'reason'>): RailResult {
  if (entry.status !== 'paid') {
    const reason = entry.reason ?? 'The payment failed permanently.';
    return { status: 'refused', reason, fault: 'rail', final: false };
  }
  return paidByPayroll(request);
}

/** Never rejects. */
export function paidByPayroll({ attemptId }: RailRequest): Paid {
  return { status: 'paid', externalId: `payroll:${attemptId}`, preimage: null, feeSats: 0n };
}
