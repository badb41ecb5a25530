'use client';

import { createContext, useContext } from 'react';
import { useTRPC } from '@/components/trpc/trpc-provider';

/** As whom reviews are looked at: an operator of the instance, or a member of the organization on show. */
export type ReviewArea = 'ops' | 'dashboard';

export const ReviewAreaContext = createContext<ReviewArea>('ops');

/** The procedures of the area the page stands in; both have the same. */
export function useReviews() {
  const trpc = useTRPC();
  return useContext(ReviewAreaContext) === 'ops' ? trpc.reviews : trpc.ownReviews;
}
