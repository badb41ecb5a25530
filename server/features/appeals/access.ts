import { operatorsOnly } from '@/server/platform/operators-only';

/** @throws Forbidden for anybody but operators. */
export const assertOperator = operatorsOnly('Appeals are looked after by operators.');
