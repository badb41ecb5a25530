import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

interface Found {
  id: string;
  value: unknown;
}

/**
 * Runs a program that asks, kills it once its task is created, and runs it again.
 * @returns what each run printed of its answer; undefined where it printed none.
 */
export async function killedAndRunAgain(baseUrl: string, apiKey: string, run: string) {
  const first = await runProgram(baseUrl, apiKey, run, 'kill');
  const second = await runProgram(baseUrl, apiKey, run, 'leave');
  return { first, second };
}

async function runProgram(
  baseUrl: string,
  apiKey: string,
  run: string,
  onceCreated: 'kill' | 'leave',
): Promise<Found | undefined> {
  const program = fileURLToPath(new URL('./ask-program.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', program, run], {
    env: { ...process.env, HUMANRAIL_BASE_URL: baseUrl, HUMANRAIL_API_KEY: apiKey },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  let found: Found | undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    if (line !== 'created') found = JSON.parse(line) as Found;
    else if (onceCreated === 'kill') child.kill('SIGKILL');
  }
  await closed;
  return found;
}
