type ErrorClass = abstract new (...args: never[]) => Error;

/**
 * Makes `instanceof` know this class's errors whichever copy of it made them. A bundler may give each
 * entry point its own copy, and what one copy throws must be known to all, or a refusal would be
 * answered as a failure of ours.
 */
export function knownToAllBundles(type: ErrorClass, name: string): void {
  const mark = Symbol.for(`humanrail.${name}`);
  Object.defineProperty(type.prototype, mark, { value: true });
  Object.defineProperty(type, Symbol.hasInstance, {
    value(this: unknown, error: unknown): boolean {
      // Subclasses inherit this; they are known in the ordinary way.
      if (this !== type) return Function.prototype[Symbol.hasInstance].call(this, error);
      return typeof error === 'object' && error !== null && mark in error;
    },
  });
}
