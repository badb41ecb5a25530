import { operatorsOnly } from '@/server/platform/operators-only';

/** @throws Forbidden for anybody but operators. */
export const assertOperator = operatorsOnly('Accounts are adjusted by operators of this instance.');
