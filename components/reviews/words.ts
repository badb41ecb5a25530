import type { Decision, ReviewKind } from '@/server/features/reviews/schema';

export const KINDS: Record<ReviewKind, string> = {
  escalated: 'Escalated',
  spot_check: 'Spot check',
  second_review: 'Second review',
  appeal: 'Appeal',
};

/** What a kind of review is for, and what becomes of it. */
export const ABOUT: Record<ReviewKind, string> = {
  escalated: 'The task waits for your decision.',
  spot_check:
    'Drawn after delivery. What was delivered stays; a customer is told where it was wrong.',
  second_review:
    'Another reviewer has decided this one. You are not told how, and that decision stands: it measures how far reviewers agree.',
  appeal: 'The worker objects to what was made of an answer.',
};

export const DECISION_WORDS: Record<Decision, string> = {
  accept: 'Accept',
  correct: 'Correct',
  reject: 'Reject',
};

export const DECISION_KEYS: Record<Decision, string> = { accept: 'a', correct: 'c', reject: 'x' };

/** What sending a decision does, by what the review is for. */
export function consequenceOf(kind: ReviewKind, decision: Decision): string {
  if (kind === 'second_review')
    return 'It is compared with the first decision, and changes nothing.';
  if (kind === 'appeal') return 'It settles the appeal, and the worker reads your reason.';
  if (kind === 'spot_check') {
    if (decision === 'accept') return 'It counts as evidence for everybody who answered.';
    return decision === 'correct'
      ? 'The output stays as it was delivered. The customer is told what it should have been, and it counts as evidence.'
      : 'The output stays as it was delivered. The customer is told that it is wrong.';
  }
  if (decision === 'accept') return 'The customer gets this answer, and the workers are paid.';
  return decision === 'correct'
    ? 'The customer gets your answer. The workers are paid; it counts as evidence for them.'
    : 'The workers who said so are not paid and read your reason. Somebody else answers, or the task fails after three rejected answers.';
}
