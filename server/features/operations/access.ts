import type { Actor } from '@/server/platform/actor';
import { Forbidden } from '@/server/platform/errors';

export type Operator = Extract<Actor, { kind: 'operator' }>;

/** @throws Forbidden unless the actor is an operator. */
export function assertOperator(actor: Actor): asserts actor is Operator {
  if (actor.kind !== 'operator') {
    throw new Forbidden('not_allowed', 'Only operators can manage the instance.');
  }
}
