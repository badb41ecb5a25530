import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Defined by the bundler of the published package, and nowhere else. */
declare const HUMANRAIL_PACKAGED: true | undefined;

/** Whether this is the published package with its built app, instead of a checkout. */
export const isPackaged = typeof HUMANRAIL_PACKAGED !== 'undefined';

/** The app's folder: the checkout, or `app` in the published package. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** The folder of `.env`, `.data` and relative paths: the checkout, or the package's current folder. */
export const home = isPackaged ? process.cwd() : root;

/** Arguments for Node that run one of our programs in `root`. */
export function programArgs(name: 'engine' | 'seed'): string[] {
  if (isPackaged) return [join(root, 'dist', `${name}.mjs`)];
  return ['--import', 'tsx', `scripts/${name}.ts`];
}

const COMMANDS = {
  start: ['npm start', 'npx humanrail'],
  'keys:create': ['npm run keys:create --', 'npx humanrail keys create'],
  migrate: ['npm run migrate -- deploy', 'npx humanrail migrate'],
  operators: ['npm run operators --', 'npx humanrail operators'],
  credit: ['npm run credit --', 'npx humanrail credit'],
  backup: ['npm run backup --', 'npx humanrail backup'],
  restore: ['npm run restore --', 'npx humanrail restore'],
} as const;

/** The command line for one of our commands here. */
export function commandLine(name: keyof typeof COMMANDS): string {
  return COMMANDS[name][isPackaged ? 1 : 0];
}
