type ErrorClass = abstract new (...args: never[]) => Error;

/**
 * Makes `instanceof` work across copies of this class. A bundler may give each entry point its own
 * copy, and an error thrown by one must be recognized by all, or it would be reported as an
 * internal error.
 */
export function knownToAllBundles(type: ErrorClass, name: string): void {
  const mark = Symbol.for(`humanrail.${name}`);
  Object.defineProperty(type.prototype, mark, { value: true });
  Object.defineProperty(type, Symbol.hasInstance, {
    value(this: unknown, error: unknown): boolean {
      // Subclasses inherit this, but use the normal behaviour.
      if (this !== type) return Function.prototype[Symbol.hasInstance].call(this, error);
      return typeof error === 'object' && error !== null && mark in error;
    },
  });
}
