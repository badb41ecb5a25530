const MARK = Symbol.for('humanrail.too-costly');

/** The work was stopped: it took more time, memory or stack than a call may. */
export class TooCostly extends Error {
  readonly [MARK] = true;

  constructor() {
    super('The work was stopped, because it took too long or too much memory.');
    this.name = 'TooCostly';
  }
}

// All bundles of one process share a pool, but each has its own copy of this class. What one copy
// throws must be known to all, or a refusal would be answered as a failure of ours.
Object.defineProperty(TooCostly, Symbol.hasInstance, {
  value: (error: unknown) => typeof error === 'object' && error !== null && MARK in error,
});
