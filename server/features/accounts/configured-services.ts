import { env } from '@/server/platform/env';
import { PROVIDERS, type Provider } from './schema';

/** The identity providers whose keys are set. */
export function configuredServices(): Provider[] {
  const keyed = {
    github: env.GITHUB_ID && env.GITHUB_SECRET,
    google: env.GOOGLE_ID && env.GOOGLE_SECRET,
  };
  return PROVIDERS.filter((provider) => keyed[provider]);
}
