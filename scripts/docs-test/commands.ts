import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CLIENT_COMMANDS, COMMANDS } from '../command/commands';
import { root } from '../launcher/settings';
import { collect } from '../testing/outcome';
import type { Snippet } from './snippets';

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const manifest = (path: string) =>
  JSON.parse(read(path)) as { name: string; scripts: Record<string, string> };

/** Problems in commands that are checked but not run, because they change the reader's machine. */
export async function commandFaults(snippet: Snippet): Promise<string[]> {
  const { code, marks } = snippet;
  const parsed = await collect('bash', ['-n', '-c', code]);
  const faults = parsed.code === 0 ? [] : [`bash does not read it: ${parsed.output.trim()}`];
  const commands = code
    .replace(/\\\n/g, ' ')
    .split('\n')
    .map((line) => line.replace(/(^|\s)#.*$/, '').trim());
  const check = marks.has('install') ? installFaults : operatorFaults;
  return [...faults, ...commands.flatMap(check)];
}

/** Checks that our own packages are installed by their actual names, with existing extras. */
function installFaults(command: string): string[] {
  const words = command.split(/\s+/);
  const faults: string[] = [];
  for (const word of words) {
    const [, scoped] = /^(@humanrail\/[\w-]+)/.exec(word) ?? [];
    if (
      scoped &&
      !['sdks/typescript', 'sdks/mcp'].some(
        (path) => manifest(`${path}/package.json`).name === scoped,
      )
    )
      faults.push(`${scoped} is none of our packages`);
    const [, extras] = /^["']?humanrail\[([\w,-]+)\]/.exec(word) ?? [];
    for (const extra of extras?.split(',') ?? []) {
      if (!new RegExp(`^${extra} = \\[`, 'm').test(read('sdks/python/pyproject.toml')))
        faults.push(`the Python package has no extra ${extra}`);
    }
    const [, path] = /^(github\.com\/[\w./-]+)/.exec(word) ?? [];
    if (path?.includes('humanrail') && !read('sdks/go/go.mod').startsWith(`module ${path}\n`))
      faults.push(`${path} is not the Go module`);
  }
  return faults;
}

/** Checks that an operator's commands use existing scripts of package.json and files of the repository. */
function operatorFaults(command: string): string[] {
  const faults: string[] = [];
  const { scripts } = manifest('package.json');
  const [, script] = /\bnpm run ([\w:-]+)/.exec(command) ?? [];
  if (script && !(script in scripts)) faults.push(`there is no npm run ${script}`);
  const [, called] = /(?:^|\bnpx )humanrail(?:@\S+)? ([a-z][a-z ]*)/.exec(command) ?? [];
  const known = [...COMMANDS, ...CLIENT_COMMANDS].map(({ words }) => words);
  if (called && !known.some((words) => `${called} `.startsWith(`${words} `)))
    faults.push(`humanrail has no command ${called}`);
  for (const [, file = ''] of command.matchAll(
    /(?:^|\s)((?:scripts|docs|sdks|prisma)\/[\w./-]+)/g,
  )) {
    if (!existsSync(join(root, file))) faults.push(`there is no ${file}`);
  }
  return faults;
}
