import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The threads' table of functions. Only its path is used here; nothing is imported. */
const ENTRY = 'server/threads.ts';
const CACHE = 'node_modules/.cache/humanrail';
/** The prebuilt code in the published package, which has no sources. */
const MADE = 'dist/threads.cjs';

interface Kept {
  /**
   * Source file → modification time in milliseconds. Files are relative to the root, so that a copy
   * of the checkout checks its own.
   */
  inputs: Record<string, number>;
  code: string;
}

async function changedAt(file: string): Promise<number> {
  return (await stat(file).catch(() => null))?.mtimeMs ?? -1;
}

async function findKept(file: string, root: string): Promise<string | null> {
  try {
    const kept: Kept = JSON.parse(await readFile(file, 'utf8'));
    const times = await Promise.all(
      Object.entries(kept.inputs).map(
        async ([input, at]) => (await changedAt(join(root, input))) === at,
      ),
    );
    return times.every(Boolean) ? kept.code : null;
  } catch {
    return null;
  }
}

/** A read-only folder only costs the next start a moment. */
async function keep(file: string, kept: Kept): Promise<void> {
  const aside = `${file}.${process.pid}`;
  try {
    await mkdir(join(file, '..'), { recursive: true });
    await writeFile(aside, JSON.stringify(kept));
    await rename(aside, file);
  } catch {
    // Not cached: it is rebuilt.
  }
}

/** Builds the code from the sources below `root`; `inputs` are the files used. */
export async function makeThreadCode(root: string): Promise<{ code: string; inputs: string[] }> {
  const { build, stop } = await import('esbuild');
  const built = await build({
    absWorkingDir: root,
    entryPoints: [ENTRY],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    minify: true,
    keepNames: true,
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
  await stop();
  const code = built.outputFiles[0]?.text ?? '';
  return { code, inputs: Object.keys(built.metafile.inputs) };
}

/**
 * The code of worker threads as one CommonJS script: the app's own files are TypeScript, and in
 * production part of a bundle that a thread cannot load. Cached until a source changes.
 */
export async function bundleThreadCode(): Promise<string> {
  const root = process.cwd();
  const made = await readFile(join(root, MADE), 'utf8').catch(() => null);
  if (made !== null) return made;
  const file = join(root, CACHE, `threads-${process.versions.modules}.json`);
  const kept = await findKept(file, root);
  if (kept !== null) return kept;
  const { code, inputs } = await makeThreadCode(root);
  const times = await Promise.all(
    inputs.map(
      async (input): Promise<[string, number]> => [
        input,
        // Otherwise Next would trace the whole project.
        await changedAt(join(/* turbopackIgnore: true */ root, input)),
      ],
    ),
  );
  await keep(file, { inputs: Object.fromEntries(times), code });
  return code;
}
