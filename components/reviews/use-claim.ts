'use client';

import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { failureOf } from '@/components/trpc/failure';
import { CLAIM_MS } from '@/server/features/reviews/policy';
import { useReviews } from './use-reviews';

interface Claim {
  /** Nobody else can decide it now. */
  isHeld: boolean;
  /** Why it could not be had. */
  refusal: string | null;
}

/** Keeps the review on show from other reviewers, for as long as it is on show. */
export function useClaim(reviewId: string): Claim {
  const reviews = useReviews();
  const [claim, setClaim] = useState<Claim>({ isHeld: false, refusal: null });
  const { mutate } = useMutation(
    reviews.claim.mutationOptions({
      onSuccess: () => setClaim({ isHeld: true, refusal: null }),
      onError: (error) => setClaim({ isHeld: false, refusal: failureOf(error).message }),
    }),
  );
  useEffect(() => {
    const renew = () => mutate({ reviewId });
    renew();
    const timer = setInterval(renew, CLAIM_MS / 3);
    return () => clearInterval(timer);
  }, [reviewId, mutate]);
  return claim;
}
