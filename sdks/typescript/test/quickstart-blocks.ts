import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const packageRoot = fileURLToPath(new URL('..', import.meta.url));
export const repositoryRoot = resolve(packageRoot, '../..');

/** The document whose code has to run as it stands. */
export const quickstartPath = resolve(
  repositoryRoot,
  process.env.HUMANRAIL_QUICKSTART ?? '../shared/seed/quickstart.txt',
);

const HEADING = /^(Python|TypeScript|Go|bash)( \(.*\))?$/;

/** The document's blocks of TypeScript, in order; undefined where there is no document. */
export function quickstartBlocks(): string[] | undefined {
  if (!existsSync(quickstartPath)) return undefined;
  const blocks: string[][] = [];
  let inside = false;
  for (const line of readFileSync(quickstartPath, 'utf8').split('\n')) {
    if (HEADING.test(line)) {
      inside = line.startsWith('TypeScript');
      if (inside) blocks.push([]);
    } else if (inside) blocks.at(-1)?.push(line);
  }
  return blocks.map((lines) => lines.join('\n'));
}

/** A folder from which Node and TypeScript find what the repository has installed. */
export function workshop(): { folder: string; remove: () => void } {
  const parent = join(repositoryRoot, 'node_modules/.cache');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'quickstart-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Makes a module of the code that Node can import, with this package's source in it. */
export async function moduleOf(folder: string, name: string, code: string): Promise<string> {
  const outfile = join(folder, `${name}.mjs`);
  await build({
    stdin: { contents: code, resolveDir: packageRoot, loader: 'ts', sourcefile: `${name}.ts` },
    alias: { '@humanrail/sdk': join(packageRoot, 'src/index.ts') },
    external: ['express'],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
  });
  return outfile;
}

/** Writes what the compiler is to check, with the options that a strict project has. */
export function writeProject(folder: string, sources: Readonly<Record<string, string>>): void {
  for (const [name, code] of Object.entries(sources)) writeFileSync(join(folder, name), code);
  const options = {
    compilerOptions: {
      target: 'ES2022',
      lib: ['ES2022', 'DOM'],
      module: 'esnext',
      moduleResolution: 'bundler',
      moduleDetection: 'force',
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      esModuleInterop: true,
      types: ['node'],
      paths: { '@humanrail/sdk': [join(packageRoot, 'src/index.ts')] },
    },
    files: Object.keys(sources),
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(options));
}
