import type { Provider } from './schema';

/** How services that people sign in by are called. Browser-safe, and without the contracts: the sign-in page asks. */
export const PROVIDER_NAMES: Record<Provider, string> = { github: 'GitHub', google: 'Google' };
