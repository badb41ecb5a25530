import { environmentFile, environmentTable } from './environment';
import { errorSections } from './errors';
import { retries, shippedTypes, tiers, workerKeys } from './tables';

/** A file, or a part of one, that is written from the code. */
export interface Generator {
  /** Path in the repository. */
  file: string;
  /** The part between `{/* generated: NAME *\/}` and `{/* end *\/}`; without it the whole file. */
  region?: string;
  /** The text, without the marks of its region. */
  make(): string;
}

/** Everything in the documentation that is made from the code. */
export const GENERATORS: Generator[] = [
  { file: '.env.example', make: environmentFile },
  {
    file: 'docs/pages/self-hosting/environment.mdx',
    region: 'environment',
    make: environmentTable,
  },
  { file: 'docs/pages/errors.mdx', region: 'errors', make: errorSections },
  { file: 'docs/pages/task-types.mdx', region: 'shipped-types', make: shippedTypes },
  { file: 'docs/pages/concepts/verification.mdx', region: 'tiers', make: tiers },
  { file: 'docs/pages/webhooks.mdx', region: 'retries', make: retries },
  { file: 'docs/pages/workers.mdx', region: 'keys', make: workerKeys },
];
