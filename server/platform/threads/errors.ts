import { knownToAllBundles } from '../known-to-all-bundles';

/** The work was aborted: it exceeded the limits of time, memory or stack. */
export class TooCostly extends Error {
  constructor() {
    super('The work was aborted because it took too long or too much memory.');
    this.name = 'TooCostly';
  }
}

// All bundles of a process share a pool.
knownToAllBundles(TooCostly, 'too-costly');
