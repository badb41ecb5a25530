import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ENVIRONMENT } from './environment-variables';
import { readEnv } from './read-env';

const variables = ENVIRONMENT.flatMap((group) => group.variables);

/** Variables used between an instance's processes, and by Node and Next. */
const INTERNAL = new Set([
  'HOSTS',
  'NEXTAUTH_URL',
  'NEXT_RUNTIME',
  'NODE_ENV',
  'SERVE_DEV',
  'SERVE_DOORS',
  'STOP_WITH_PARENT',
]);
const FOLDERS = ['server', 'scripts/launcher', 'scripts/serving'];
const FILES = ['scripts/serve.mjs', 'scripts/seed.ts', 'instrumentation.ts', 'proxy.ts'];

function sources(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return sources(path);
    return /\.(ts|tsx|mjs)$/.test(name) && !/\.test\.ts$|^testing/.test(name) ? [path] : [];
  });
}

it('names every variable that an instance reads', () => {
  const files = [...FOLDERS.flatMap(sources), ...FILES].filter((path) => !path.includes('testing'));
  const read = files.flatMap((path) =>
    [...readFileSync(path, 'utf8').matchAll(/\benv\.([A-Z][A-Z_]+)\b/g)].map(([, name]) => name),
  );
  const listed = new Set(variables.map(({ name }) => name));
  const unlisted = new Set(read.filter((name) => name && !INTERNAL.has(name) && !listed.has(name)));
  expect([...unlisted]).toEqual([]);
});

it('says of each the value that holds where it is not set', () => {
  const defaults = Object.fromEntries(variables.map(({ name, value = '' }) => [name, value]));
  expect(readEnv(defaults)).toEqual(readEnv({}));
});

it('marks every variable that compose.yaml takes from .env without a value of its own', () => {
  const asked = readFileSync('compose.yaml', 'utf8').matchAll(/\$\{(\w+):\?/g);
  const marked = variables.filter(({ compose }) => compose).map(({ name }) => name);
  expect(marked.toSorted()).toEqual([...new Set([...asked].map(([, name]) => name))].toSorted());
});
