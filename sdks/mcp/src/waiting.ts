import { type HumanRail, isTerminal, type Task } from '@humanrail/sdk';
import type { ToolCall } from './tool.js';

/** The API's maximum long-poll duration. */
const HOLD_SECONDS_MAX = 60;
/** Interval of progress notifications, well below clients' timeouts. */
const REPORT_EVERY_SECONDS = 10;
/** Poll interval if the API responded immediately instead of holding its response. */
const PAUSE_MS_MAX = 2_000;

/**
 * Polls a task until it has ended, or `seconds` have passed; it may then still be open.
 * Reports progress at the start and every ten seconds, if the caller requested it.
 * @throws HumanRailError if the API refuses, the signal's reason if the caller disconnected.
 */
export async function waitForTask(
  client: HumanRail,
  id: string,
  seconds: number,
  { signal, report }: Pick<ToolCall, 'signal' | 'report'>,
): Promise<Task> {
  const startedMs = Date.now();
  const elapsed = () => (Date.now() - startedMs) / 1000;
  const sliceMax = report ? REPORT_EVERY_SECONDS : HOLD_SECONDS_MAX;
  await report?.({ progress: 0, total: seconds, message: `Waiting for task ${id}` });
  for (;;) {
    const askedAt = elapsed();
    const hold = Math.max(0, Math.min(sliceMax, Math.ceil(seconds - askedAt)));
    const task = await client.tasks.get(id, { wait: hold, signal });
    if (isTerminal(task) || elapsed() >= seconds) return task;
    await report?.({
      progress: elapsed(),
      total: seconds,
      message: `Task ${id} is ${task.status}`,
    });
    const early = hold - (elapsed() - askedAt);
    if (early > 0.1) await pause(Math.min(early * 1000, PAUSE_MS_MAX), signal);
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal.addEventListener('abort', stop, { once: true });
  });
}
