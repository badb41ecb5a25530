import { run } from '../src/command/main.js';

export interface CommandRun {
  code: number;
  /** Lines of standard output. */
  out: string[];
  /** Lines of standard error. */
  err: string[];
}

export interface CommandSetting {
  env?: Record<string, string>;
  stdin?: string;
  signal?: AbortSignal;
  onLine?: (line: string) => void;
}

/** Runs the command in this process, as a shell would. */
export async function runCommand(
  args: readonly string[],
  { env = {}, stdin = '', signal, onLine }: CommandSetting = {},
): Promise<CommandRun> {
  const out: string[] = [];
  const err: string[] = [];
  const into = (lines: string[]) => (line: string) => {
    lines.push(line);
    onLine?.(line);
  };
  const code = await run(args, {
    out: into(out),
    err: into(err),
    stdin: () => Promise.resolve(stdin),
    env,
    signal: signal ?? new AbortController().signal,
  });
  return { code, out, err };
}
