import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A helper script that exchanges lines with the tests, on the data of the running instance. */
export interface LineProcess {
  /** Sends a line, and returns the first matching line after it. */
  ask(line: string, isAnswer?: (line: string) => boolean): Promise<string>;
  /** Its first line. */
  first: string;
  /** Closes its input, so that it ends. */
  stop(): Promise<void>;
}

/** @param script such as `e2e/serve-rail.ts`. */
export async function startLineProcess(script: string): Promise<LineProcess> {
  const child = spawn('npx', ['--no', 'tsx', script], {
    env: { ...process.env, DATA_DIR: process.env.E2E_DATA_DIR ?? '.data' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  const next = (isIt: (line: string) => boolean) =>
    new Promise<string>((resolve, reject) => {
      const onExit = (code: number | null) => reject(new Error(`${script} ended with ${code}.`));
      const onLine = (line: string) => {
        if (!isIt(line)) return;
        lines.off('line', onLine);
        child.off('exit', onExit);
        resolve(line);
      };
      lines.on('line', onLine);
      child.once('exit', onExit);
    });
  return {
    first: await next(() => true),
    ask(line, isAnswer = () => true) {
      const answer = next(isAnswer);
      child.stdin.write(`${line}\n`);
      return answer;
    },
    stop: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null) return resolve();
        child.once('exit', () => resolve());
        child.stdin.end();
      }),
  };
}
