import { AsyncLocalStorage } from 'node:async_hooks';

const network = new AsyncLocalStorage<string>();

/** Runs `work` in the context of a request from this network; an empty text means none. */
export function fromNetwork<T>(of: string, work: () => T): T {
  return of === '' ? work() : network.run(of, work);
}

/** The network of the current request; null if there is none, as in jobs. */
export function requestNetwork(): string | null {
  return network.getStore() ?? null;
}
