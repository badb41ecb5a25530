import { spawn, spawnSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../../', import.meta.url));

export const isThere = (command: string) =>
  spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;

/** The Python of the SDK's own tests, with the SDK in it; undefined where it cannot be made. */
export function pythonOfSdk(): string | undefined {
  const made = spawnSync('sh', [join(root, 'sdks/python/test.sh'), '--version']);
  const python = join(root, 'sdks/python/.venv/bin/python');
  return made.status === 0 && existsSync(python) ? python : undefined;
}

/** What a program prints, with a key in its environment. */
export async function run(program: string, args: string[], cwd: string): Promise<string> {
  const env = { ...process.env, HUMANRAIL_API_KEY: 'ek_test_from_env' };
  const child = spawn(program, args, { cwd, env });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      said += chunk;
    });
  }
  await new Promise((done) => child.on('close', done));
  return said;
}

/** Plays the API's part: a task is posted, and verified when it is read. */
export class Api {
  readonly caught: { body: string; authorization: string | undefined }[] = [];
  private readonly server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      if (body) this.caught.push({ body, authorization: request.headers.authorization });
      const task = { id: 'task-1', status: body ? 'posted' : 'verified', output: { zulu: 'ok' } };
      const answer = request.url === '/v1/balance' ? { available_sats: 55 } : task;
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify(answer));
    });
  });

  async start(): Promise<string> {
    await new Promise<void>((done) => this.server.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

/** An event as the app sends it, signed with this secret. */
export function signedEvent(secret: string): { body: string; signature: string } {
  const data = { id: 'task-1', status: 'verified', output: { zulu: 'ok' } };
  const body = JSON.stringify({ id: 'evt_1', object: 'event', type: 'task.completed', data });
  const now = Math.floor(Date.now() / 1000);
  const digest = createHmac('sha256', secret).update(`${now}.${body}`).digest('hex');
  return { body, signature: `t=${now},v1=${digest}` };
}
