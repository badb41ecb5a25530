import { operatorsOnly } from '@/server/platform/operators-only';

/** @throws Forbidden for anybody but operators. */
export const assertOperator = operatorsOnly('Organizations are looked after by operators.');
