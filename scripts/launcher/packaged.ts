import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Put in by the bundler of the published package; nowhere else is it defined. */
declare const HUMANRAIL_PACKAGED: true | undefined;

/** Whether this runs from the published package, with the app built, instead of from a checkout. */
export const isPackaged = typeof HUMANRAIL_PACKAGED !== 'undefined';

/** Folder of the app: the checkout, or `app` in the published package. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Folder that `.env`, `.data` and relative paths are in: the checkout, or where the command is run. */
export const home = isPackaged ? process.cwd() : root;

/** Arguments for Node to run one of our programs in `root`. */
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

/** How a person runs one of our commands here. */
export function commandLine(name: keyof typeof COMMANDS): string {
  return COMMANDS[name][isPackaged ? 1 : 0];
}
