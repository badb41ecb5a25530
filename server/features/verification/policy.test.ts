import { describe, expect, it } from 'vitest';
import { PolicyOverrides, policyFor } from './policy';

describe('the policy', () => {
  it('lays overrides over the tier and keeps the rest', () => {
    const policy = policyFor('high', { qa: { sampleRate: 0.5 }, gold: { floor: 0.1 } });
    expect(policy.qa).toEqual({
      sampleRate: 0.5,
      alwaysReview: false,
      auditWeightMax: 10,
      secondReviewRate: 0.05,
    });
    expect(policy.gold).toMatchObject({ floor: 0.1, pauseBelow: 0.6, priorMean: 0.75 });
  });

  it('refuses unknown keys and shares above one', () => {
    expect(PolicyOverrides.safeParse({ qa: { sampleRat: 0.5 } }).success).toBe(false);
    expect(PolicyOverrides.safeParse({ qa: { sampleRate: 5 } }).success).toBe(false);
  });
});
