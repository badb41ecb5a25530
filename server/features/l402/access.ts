import { operatorsOnly } from '@/server/platform/operators-only';

/** @throws Forbidden for anybody but operators. */
export const assertOperator = operatorsOnly(
  'What is offered without a key is set by the operators.',
);
