import type { ByToken, ErrorAnswer, Operation } from './operation';

/**
 * An operation that takes L402 tokens beside keys: the same route, checks and answers, with `handle` in place of
 * its handler where a request has a token.
 * @param by.takes whether a request is to be answered so.
 * @param by.errors what `handle` can throw besides what the operation itself does.
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
        // Answers are stored for an organization's key; a token's operations may be repeated as they are.
        idempotency: operation.idempotency === 'stored' ? 'none' : operation.idempotency,
      }),
    },
  });
}
