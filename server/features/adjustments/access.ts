import type { Actor } from '@/server/platform/actor';
import { Forbidden } from '@/server/platform/errors';

type Operator = Extract<Actor, { kind: 'operator' }>;

/** @throws Forbidden for anybody but operators. */
export function assertOperator(actor: Actor): Operator {
  if (actor.kind === 'operator') return actor;
  throw new Forbidden('not_allowed', 'Accounts are adjusted by operators of this instance.');
}
