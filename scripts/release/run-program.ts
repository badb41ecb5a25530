import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { root } from '../launcher/packaged';

export interface ProgramResult {
  code: number;
  stdout: string;
  stderr: string;
}

export interface ProgramOptions {
  /** The checkout unless given. */
  cwd?: string;
  /** Added to this process's environment. */
  env?: Record<string, string | undefined>;
}

/**
 * Runs a program to its end without showing what it prints.
 * @throws Error in a sentence where it cannot be started, such as one that is not installed.
 */
export async function runProgram(
  command: string,
  args: readonly string[],
  { cwd = root, env = {} }: ProgramOptions = {},
): Promise<ProgramResult> {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // npm is a script there.
    shell: process.platform === 'win32',
  });
  const result = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    result.stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    result.stderr += chunk.toString();
  });
  const failure = once(child, 'error').then(([error]) => {
    throw new Error(`${command} cannot be run (${(error as NodeJS.ErrnoException).code}).`);
  });
  const ended = once(child, 'close').then(([code]) => code as number | null);
  const code = (await Promise.race([ended, failure])) ?? 1;
  return { code, ...result };
}

/**
 * The same for a program that has to succeed; returns what it printed.
 * @throws Error with the program's last words where it fails.
 */
export async function expectProgram(
  command: string,
  args: readonly string[],
  options: ProgramOptions = {},
): Promise<string> {
  const { code, stdout, stderr } = await runProgram(command, args, options);
  if (code === 0) return stdout;
  const words = `${stdout}\n${stderr}`.trim().split('\n').slice(-20).join('\n');
  throw new Error(`${command} ${args.join(' ')} failed:\n${words}`);
}
