import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transform } from 'esbuild';
import { root } from '../launcher/settings';
import { collect } from '../testing/outcome';
import { pythonOfSdk } from '../testing/python-of-sdk';
import { isOnPath } from '../testing/toolchains';
import { goFile, goModule } from './go-source';
import { tsModule } from './module-source';
import type { Program, Runnable } from './snippets';

/** The command that starts a program. */
export interface Command {
  program: string;
  args: string[];
  folder: string;
}

/** Turns snippets into programs, in a folder from which Node resolves the repository's packages. */
export class Workshop {
  readonly folder: string;
  private python = 'python';
  private made = 0;

  constructor() {
    const parent = join(root, 'node_modules/.cache');
    mkdirSync(parent, { recursive: true });
    this.folder = mkdtempSync(join(parent, 'docs-test-'));
  }

  /** Why programs of a language cannot run here; undefined if they can. */
  async lacks(language: Runnable): Promise<string | undefined> {
    const needed = { go: ['go'], sh: ['bash', 'curl', 'jq'] }[language as string] ?? [];
    const missing = needed.find((program) => !isOnPath(program));
    if (missing) return `${missing} is not on PATH`;
    if (language !== 'python') return undefined;
    const found = await pythonOfSdk();
    if ('reason' in found) return found.reason;
    this.python = found.python;
    return undefined;
  }

  /**
   * Compiles a program. `replace` returns the text with the instance's addresses and keys.
   * @throws Error with the compiler's output.
   */
  async build(program: Program, replace: (code: string) => string): Promise<Command> {
    this.made += 1;
    const folder = join(this.folder, `program${this.made}`);
    mkdirSync(folder);
    const blocks = program.snippets.map(({ code }) => replace(code));
    if (program.language === 'sh') {
      const script = `set -euo pipefail\n${blocks.join('\n')}\n`;
      return { program: 'bash', args: ['-c', script], folder };
    }
    if (program.language === 'python') return this.pythonCommand(folder, blocks, program.serve);
    if (program.language === 'ts') return tsCommand(folder, blocks);
    return goCommand(folder, blocks);
  }

  private pythonCommand(folder: string, blocks: string[], serve: Program['serve']): Command {
    const code = blocks.join('\n');
    writeFileSync(join(folder, 'app.py'), code);
    const isServedByUvicorn = serve && code.includes('FastAPI(') && !code.includes('uvicorn.run');
    const args = isServedByUvicorn
      ? ['-u', '-m', 'uvicorn', 'app:app', '--port', String(serve.port), '--log-level', 'warning']
      : ['-u', 'app.py'];
    return { program: this.python, args, folder };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

async function tsCommand(folder: string, blocks: string[]): Promise<Command> {
  const source = tsModule(blocks);
  // Type-checked together with all others; see `typeFaults`.
  writeFileSync(join(folder, 'app.mts'), source);
  const { code } = await transform(source, { loader: 'ts', format: 'esm', target: 'node20' });
  writeFileSync(join(folder, 'app.mjs'), code);
  return { program: process.execPath, args: ['app.mjs'], folder };
}

async function goCommand(folder: string, blocks: string[]): Promise<Command> {
  writeFileSync(join(folder, 'main.go'), goFile(blocks));
  writeFileSync(join(folder, 'go.mod'), goModule(join(root, 'sdks/go')));
  const program = join(folder, 'app.exe');
  const { code, output } = await collect('go', ['-C', folder, 'build', '-o', program, '.'], {
    GOFLAGS: '-mod=mod',
    GOWORK: 'off',
  });
  if (code !== 0) throw new Error(`It does not compile:\n${output.trim()}`);
  return { program, args: [], folder };
}

/** TypeScript's errors for all programs, with the options of a strict project. */
export async function typeFaults(folder: string): Promise<string[]> {
  const options = {
    compilerOptions: {
      target: 'ES2022',
      lib: ['ES2022', 'DOM', 'ESNext.Disposable'],
      module: 'NodeNext',
      moduleResolution: 'NodeNext',
      moduleDetection: 'force',
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      types: ['node'],
    },
    include: ['*/app.mts'],
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(options));
  const { code, output } = await collect(process.execPath, [
    join(root, 'node_modules/typescript-native/bin/tsc'),
    '-p',
    folder,
  ]);
  return code === 0 ? [] : output.trim().split('\n');
}
