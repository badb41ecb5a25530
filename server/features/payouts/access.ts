import { operatorsOnly } from '@/server/platform/operators-only';

/** @throws Forbidden for anybody but operators. */
export const assertOperator = operatorsOnly('Payouts are looked after by the operators.');
