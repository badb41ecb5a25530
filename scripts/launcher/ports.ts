import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartError } from './failure';

/** Whether the port is free at every address; an address this machine lacks counts as free. */
export async function isFree(port: number, hosts: string[]): Promise<boolean> {
  for (const host of hosts) {
    if (!(await canListen(port, host))) return false;
  }
  return true;
}

/** Whether the port becomes free in time; releasing one takes a moment. */
export async function becomesFree(port: number, hosts: string[], withinMs: number) {
  const deadline = performance.now() + withinMs;
  while (!(await isFree(port, hosts))) {
    if (performance.now() >= deadline) return false;
    await sleep(100);
  }
  return true;
}

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EACCES') {
        reject(
          new StartError(
            `Port ${port} needs privileges to listen on; choose one above 1023 by PORT=8080.`,
          ),
        );
      } else resolve(error.code !== 'EADDRINUSE');
    });
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

/**
 * The first free port of 127.0.0.1 from `first` upwards.
 * @throws StartError if a hundred in a row are taken.
 */
export async function firstFree(first: number): Promise<number> {
  for (let port = first; port < first + 100; port++) {
    if (await isFree(port, ['127.0.0.1'])) return port;
  }
  throw new StartError(`No port from ${first} to ${first + 99} is free.`);
}
