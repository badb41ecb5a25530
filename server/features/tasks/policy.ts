/** Constants that pages need without importing the large contracts. Browser-safe. */

export const ANSWER_STATUSES = ['pending', 'accepted', 'rejected', 'superseded'] as const;

/** Problem categories, as shown in the form. */
export const PROBLEM_CATEGORIES = {
  unclear: 'The instructions are unclear',
  missing: 'Something is missing or does not load',
  no_fitting_answer: 'No answer of the form fits',
  broken_form: 'The form does not work',
  personal_data: 'It shows personal data',
  harmful: 'It shows something harmful or illegal',
  other: 'Something else',
} as const;

/** Task statuses; the last four are final. */
export const TASK_STATUSES = [
  'posted',
  'assigned',
  'submitted',
  'verified',
  'failed',
  'cancelled',
  'expired',
] as const;
