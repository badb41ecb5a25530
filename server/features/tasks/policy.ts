/** What pages show without the contracts, which are large. Browser-safe. */

export const ANSWER_STATUSES = ['pending', 'accepted', 'rejected', 'superseded'] as const;

/** What can be wrong with a task, in the words of the form. */
export const PROBLEM_CATEGORIES = {
  unclear: 'The instructions are unclear',
  missing: 'Something is missing or does not load',
  no_fitting_answer: 'No answer of the form fits',
  broken_form: 'The form does not work',
  personal_data: 'It shows personal data',
  harmful: 'It shows something harmful or illegal',
  other: 'Something else',
} as const;

/** Where a task may be; the last four are for good. */
export const TASK_STATUSES = [
  'posted',
  'assigned',
  'submitted',
  'verified',
  'failed',
  'cancelled',
  'expired',
] as const;
