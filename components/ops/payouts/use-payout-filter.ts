'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { FindPayouts, PayoutFilter } from '@/server/features/payouts/schema';

export interface PayoutAddress extends PayoutFilter {
  after?: string;
}

const FIELDS = { ...PayoutFilter.shape, after: FindPayouts.shape.after };

/** What a page's address asks for; what makes no sense in it is left out. */
function payoutAddressOf(read: (name: string) => string | null | undefined): PayoutAddress {
  const known = Object.entries(FIELDS).flatMap(([name, field]) => {
    const { success, data } = field.safeParse(read(name) ?? undefined);
    return success && data !== undefined ? [[name, data]] : [];
  });
  return Object.fromEntries(known) as PayoutAddress;
}

/** The filter of the list of payouts, as the address holds it. */
export function usePayoutFilter() {
  const params = useSearchParams();
  const pathname = usePathname();
  const address = payoutAddressOf((name) => params?.get(name));
  const setAddress = (next: PayoutAddress) => {
    const query = new URLSearchParams(Object.entries(next).filter(([, value]) => value));
    window.history.replaceState(null, '', `${pathname}${query.size > 0 ? `?${query}` : ''}`);
  };
  return { address, setAddress };
}
