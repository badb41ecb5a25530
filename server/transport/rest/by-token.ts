import type { ByToken, ErrorAnswer, Operation } from './operation';

/**
 * Makes an operation accept L402 tokens in addition to keys: same route, checks and responses, with
 * `handle` instead of its handler if a request has a token.
 * @param by.takes whether a request is handled this way.
 * @param by.errors errors of `handle` in addition to the operation's own.
 */
export function alsoByToken(
  operation: Operation,
  by: {
    takes: ByToken['takes'];
    errors: readonly ErrorAnswer[];
    handle: Operation['handle'];
  },
): Operation {
  const errors = [...operation.errors, ...by.errors];
  return Object.freeze({
    ...operation,
    takesToken: true,
    errors,
    byToken: {
      takes: by.takes,
      operation: Object.freeze({
        ...operation,
        ...{ scope: undefined, public: true, takesToken: true, errors, handle: by.handle },
        // Stored responses belong to an organization's key; token requests are safe to repeat.
        idempotency: operation.idempotency === 'stored' ? 'none' : operation.idempotency,
      }),
    },
  });
}
