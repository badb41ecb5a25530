import type { Provider } from './schema';

/**
 * Display names of identity providers. Browser-safe and without the zod contracts, for the sign-in
 * page.
 */
export const PROVIDER_NAMES: Record<Provider, string> = { github: 'GitHub', google: 'Google' };
