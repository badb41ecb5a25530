import type { Actor } from '@/server/platform/actor';
import { Forbidden } from '@/server/platform/errors';

export type Operator = Extract<Actor, { kind: 'operator' }>;

/** @throws Forbidden for anybody but operators. */
export function assertOperator(actor: Actor): asserts actor is Operator {
  if (actor.kind !== 'operator') {
    throw new Forbidden('not_allowed', 'The instance is looked after by its operators.');
  }
}
