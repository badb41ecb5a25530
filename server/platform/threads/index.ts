import { availableParallelism } from 'node:os';
import { processWide } from '../process-wide';
import { bundleThreadCode } from './bundle';
import { TooCostly } from './errors';
import { ThreadPool } from './pool';

/** Threads per process: one slow call must not block all others. */
const THREADS_MIN = 2;
const THREADS_MAX = 4;

function pool(): ThreadPool {
  return processWide('threads', () => {
    let code: Promise<string> | null = null;
    const loadCode = () => {
      code ??= bundleThreadCode();
      code.catch(() => {
        code = null;
      });
      return code;
    };
    const count = Math.min(THREADS_MAX, Math.max(THREADS_MIN, availableParallelism()));
    return new ThreadPool(loadCode, count);
  });
}

/**
 * A function that runs in a worker thread, off the event loop. `server/threads.ts` exports the
 * function under the same name; arguments and result are cloned.
 * @throws TooCostly if it exceeds `limitMs`, or a thread's memory or stack.
 */
export function threadCall<F extends (...args: never[]) => unknown>(
  name: string,
  { limitMs }: { limitMs: number },
): (...args: Parameters<F>) => Promise<ReturnType<F>> {
  return (...args) => pool().run({ name, args }, limitMs) as Promise<ReturnType<F>>;
}

/** The result of a thread's work, or a fallback if it was aborted. */
export async function unlessTooCostly<T>(work: Promise<T>, instead: () => T): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof TooCostly) return instead();
    throw error;
  }
}
