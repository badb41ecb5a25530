import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { HumanRail } from '@humanrail/sdk';
import { firstFree } from '../launcher/ports';
import { collect } from '../testing/outcome';
import type { Command, Workshop } from './build-program';
import { missingLine, type Program, type Runnable } from './snippets';

export interface InstanceForDocs {
  /** Without `/v1`. */
  url: string;
  testKey: string;
}

const PATIENCE_MS = 120_000;
/** Servers run concurrently, each on a port of its own. */
let served = 0;

/** Replaces a page's placeholder address and key with the instance's. */
function forInstance(
  { url, testKey }: InstanceForDocs,
  program: Program,
  port: number | undefined,
) {
  return (code: string): string => {
    const placed = code
      .replaceAll('http://localhost:3000', url)
      .replace(/\bek_(test|live)_(\.\.\.|…|your_key_here)/g, testKey);
    // A port of its own, because the page's may be in use.
    return port === undefined
      ? placed
      : placed.replaceAll(new RegExp(`\\b${program.serve?.port}\\b`, 'g'), String(port));
  };
}

/** Runs a program like a reader would, or only checks it if it makes payments; returns the problem, or null. */
export async function runProgram(
  program: Program,
  workshop: Workshop,
  instance: InstanceForDocs,
): Promise<string | null> {
  // Below the ports that systems give outgoing connections, one of which could take it in between.
  const port = program.serve && (await firstFree(16_000 + ((process.pid + served++ * 97) % 2_000)));
  const built = {
    ...program,
    ...(program.serve && port ? { serve: { ...program.serve, port } } : {}),
  };
  try {
    const command = await workshop.build(built, forInstance(instance, program, port));
    if (program.pays) return await readOnly(program.language, command);
    return built.serve
      ? await runServer(built, built.serve, command, instance)
      : await runToEnd(program, command, instance);
  } catch (error) {
    return (error as Error).message;
  }
}

/** Problems of a program that is not run; compiled languages are already checked. */
async function readOnly(language: Runnable, { program, args, folder }: Command) {
  const reading = {
    python: ['-m', 'py_compile', join(folder, 'app.py')],
    sh: ['-n', ...args],
  }[language as string];
  if (!reading) return null;
  const { code, output } = await collect(program, reading);
  return code === 0 ? null : output.trim();
}

function start(command: Command, instance: InstanceForDocs, env: Record<string, string> = {}) {
  const child = spawn(command.program, command.args, {
    cwd: command.folder,
    env: {
      ...process.env,
      HUMANRAIL_API_KEY: instance.testKey,
      HUMANRAIL_BASE_URL: `${instance.url}/v1`,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed = { text: '' };
  const add = (chunk: Buffer) => {
    printed.text += chunk.toString();
  };
  child.stdout.on('data', add);
  child.stderr.on('data', add);
  return { child, printed };
}

async function runToEnd(
  program: Program,
  command: Command,
  instance: InstanceForDocs,
): Promise<string | null> {
  const { child, printed } = start(command, instance);
  const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  const [code] = (await once(child, 'close')) as [number | null];
  clearTimeout(timer);
  const words = `It printed:\n${printed.text.trim()}`;
  if (code === null) return `It was still running after ${PATIENCE_MS / 1000} s. ${words}`;
  if ((code !== 0) !== program.throws) return `It ended with ${code}. ${words}`;
  const missing = missingLine(program.output, printed.text);
  return missing === undefined ? null : `"${missing}" is shown and was not printed. ${words}`;
}

/** A webhook receiver: the instance delivers the events of a real task to it. */
async function runServer(
  program: Program,
  { port, path }: { port: number; path: string },
  command: Command,
  instance: InstanceForDocs,
): Promise<string | null> {
  const client = new HumanRail({ apiKey: instance.testKey, baseUrl: `${instance.url}/v1` });
  const endpoint = await client.webhooks.create({ url: `http://127.0.0.1:${port}${path}` });
  const { child, printed } = start(command, instance, {
    HUMANRAIL_WEBHOOK_SECRET: endpoint.secret,
    PORT: String(port),
  });
  const deadline = performance.now() + PATIENCE_MS;
  const until = async (isSo: () => Promise<boolean> | boolean) => {
    while (!(await isSo())) {
      if (child.exitCode !== null || performance.now() > deadline) return false;
      await sleep(50);
    }
    return true;
  };
  try {
    if (!(await until(() => answers(port))))
      return `It does not listen on port ${port}. It printed:\n${printed.text.trim()}`;
    await client.tasks.create({
      type: 'content_review',
      payload: { text: 'Is this review genuine?', content: 'Great product, 5 stars!' },
      payoutSats: 500,
    });
    if (program.output.length === 0) return 'A program that serves shows what it prints.';
    const isComplete = await until(() => missingLine(program.output, printed.text) === undefined);
    if (isComplete) return null;
    const missing = missingLine(program.output, printed.text);
    return `"${missing}" is shown and was not printed. It printed:\n${printed.text.trim()}`;
  } finally {
    const ended = child.exitCode === null ? once(child, 'close') : undefined;
    child.kill('SIGKILL');
    await ended;
    await client.webhooks.delete(endpoint.id);
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}
