import { env } from '@/server/platform/env';
import { PROVIDERS, type Provider } from './schema';

/** The services whose accounts people may sign in with: those whose keys are set. */
export function configuredServices(): Provider[] {
  const keyed = {
    github: env.GITHUB_ID && env.GITHUB_SECRET,
    google: env.GOOGLE_ID && env.GOOGLE_SECRET,
  };
  return PROVIDERS.filter((provider) => keyed[provider]);
}
