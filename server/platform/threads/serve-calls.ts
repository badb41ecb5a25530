import { parentPort } from 'node:worker_threads';
import type { CallMessage, ReplyMessage } from './messages';
import { processorFile } from './processor-time';

type ThreadFunction = (...args: never[]) => unknown;

function replyTo(table: Record<string, ThreadFunction>, { name, args }: CallMessage): ReplyMessage {
  const run = Object.hasOwn(table, name) ? table[name] : undefined;
  if (!run)
    return { kind: 'failed', message: `There is no function named "${name}".`, stack: undefined };
  try {
    return { kind: 'done', result: run(...(args as never[])) };
  } catch (error) {
    // Deep recursion is, besides time, the other way a hostile value costs too much.
    if (error instanceof RangeError) return { kind: 'too_costly' };
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    return { kind: 'failed', message, stack };
  }
}

/** Handles the pool's calls with a table of synchronous functions. Called once by the thread. */
export function serveCalls(table: Record<string, ThreadFunction>): void {
  const port = parentPort;
  if (!port) throw new Error('serveCalls runs in a worker thread only.');
  port.on('message', (call: CallMessage) => port.postMessage(replyTo(table, call)));
  const ready: ReplyMessage = { kind: 'ready', processorFile: processorFile() };
  port.postMessage(ready);
}
