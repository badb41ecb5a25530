import type { Actor } from './actor';
import { Forbidden } from './errors';

export type Operator = Extract<Actor, { kind: 'operator' }>;

/**
 * Makes the check of a feature that is for operators alone.
 * @param message says to all others who may.
 * @returns what gives the actor as an operator, and throws Forbidden 403 for anybody else.
 */
export const operatorsOnly =
  (message: string) =>
  (actor: Actor): Operator => {
    if (actor.kind === 'operator') return actor;
    throw new Forbidden('not_allowed', message);
  };
