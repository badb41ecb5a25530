import { knownToAllBundles } from '../known-to-all-bundles';

/** The work was stopped: it took more time, memory or stack than a call may. */
export class TooCostly extends Error {
  constructor() {
    super('The work was stopped, because it took too long or too much memory.');
    this.name = 'TooCostly';
  }
}

// All bundles of one process share a pool.
knownToAllBundles(TooCostly, 'too-costly');
