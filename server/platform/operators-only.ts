import type { Actor } from './actor';
import { Forbidden } from './errors';

export type Operator = Extract<Actor, { kind: 'operator' }>;

/**
 * Creates the guard of an operators-only feature.
 * @param message tells everyone else who is allowed.
 * @returns a function that returns the actor as an operator, or throws Forbidden 403.
 */
export const operatorsOnly =
  (message: string) =>
  (actor: Actor): Operator => {
    if (actor.kind === 'operator') return actor;
    throw new Forbidden('not_allowed', message);
  };
