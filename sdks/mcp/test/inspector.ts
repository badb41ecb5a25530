import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** Of npm; it says that it needs Node 22, and its `--cli` runs on 20 as well. */
const VERSION = '2.12.0';
const CACHE = fileURLToPath(new URL('../../../node_modules/.cache/', import.meta.url));
const FOLDER = join(CACHE, `mcp-inspector-${VERSION}`);
const PROGRAM = 'node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js';

const run = promisify(execFile);
const onWindows = process.platform === 'win32';

/**
 * Installs the MCP inspector beside the project, unless it is there. It is none of the project's
 * dependencies, since it would warn everybody on Node 20.
 * @returns false where npm cannot reach its registry.
 */
export async function installInspector(): Promise<boolean> {
  if (existsSync(FOLDER)) return true;
  mkdirSync(CACHE, { recursive: true });
  const folder = mkdtempSync(join(CACHE, 'mcp-inspector-'));
  const what = `@modelcontextprotocol/inspector@${VERSION}`;
  const quietly = ['--no-audit', '--no-fund', '--loglevel=error'];
  const args = ['install', '--ignore-scripts', '--omit=optional', ...quietly, '--prefix', folder];
  try {
    await run('npm', [...args, what], { shell: onWindows });
    renameSync(folder, FOLDER);
    return true;
  } catch (error) {
    const reachable = await run('npm', ['ping'], { shell: onWindows }).then(
      () => true,
      () => false,
    );
    if (reachable && !existsSync(FOLDER)) throw error;
    return existsSync(FOLDER);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * What `mcp-inspector --cli` prints, as JSON.
 * @param home a folder that it may write its own files to.
 */
export async function inspect(home: string, args: readonly string[]): Promise<unknown> {
  const program = join(FOLDER, PROGRAM);
  const env = { ...process.env, HOME: home, USERPROFILE: home };
  const { stdout } = await run(process.execPath, [program, '--cli', ...args], { env });
  return JSON.parse(stdout);
}
