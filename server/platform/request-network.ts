import { AsyncLocalStorage } from 'node:async_hooks';

const network = new AsyncLocalStorage<string>();

/** Runs `work` as what a request from this network leads to; an empty text is none. */
export function fromNetwork<T>(of: string, work: () => T): T {
  return of === '' ? work() : network.run(of, work);
}

/** The network of the request that is being answered; null where there is none, as in jobs. */
export function requestNetwork(): string | null {
  return network.getStore() ?? null;
}
