import { operatorsOnly } from '@/server/platform/operators-only';

/** @throws Forbidden unless the actor is an operator. */
export const assertOperator = operatorsOnly('Only operators can manage payouts.');
