import { environmentFile, environmentTable } from './environment';

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
];
