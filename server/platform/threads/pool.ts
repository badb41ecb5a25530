import { Worker } from 'node:worker_threads';
import { TooCostly } from './errors';
import type { CallMessage, ReplyMessage } from './messages';
import { processorMs } from './processor-time';

interface Waiting extends CallMessage {
  limitMs: number;
  resolve: (result: unknown) => void;
  reject: (error: Error) => void;
}

/** Enough for many answers of 1 MB; a thread that needs more is terminated. */
const HEAP_MB_MAX = 256;
const STACK_MB = 4;
/** On a busy machine a call may take this multiple of its limit in wall-clock time. */
const PATIENCE = 6;

/**
 * A pool of threads that run the functions of one script, one call per thread at a time. A call
 * that exceeds its limits terminates its thread; the next call gets a new one.
 */
export class ThreadPool {
  private readonly waiting: Waiting[] = [];
  private readonly idle: Thread[] = [];
  private threads = 0;

  constructor(
    private readonly loadCode: () => Promise<string>,
    private readonly threadsMax: number,
  ) {}

  /**
   * @param limitMs CPU time, if the system measures it per thread; else wall-clock time.
   * @throws TooCostly beyond the limits of time, memory and stack.
   */
  run(call: CallMessage, limitMs: number): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ ...call, limitMs, resolve, reject });
      this.hand();
    });
  }

  private hand(): void {
    const thread = this.idle.pop();
    if (thread) {
      const call = this.waiting.shift();
      if (call) thread.begin(call);
      else this.idle.push(thread);
      return;
    }
    if (this.waiting.length === 0 || this.threads >= this.threadsMax) return;
    this.threads += 1;
    this.loadCode().then(
      (code) => this.start(code),
      (error: Error) => this.giveUp(error),
    );
  }

  private start(code: string): void {
    const thread = new Thread(code, {
      onIdle: () => {
        this.idle.push(thread);
        this.hand();
      },
      onEnd: () => {
        this.threads -= 1;
        const at = this.idle.indexOf(thread);
        if (at >= 0) this.idle.splice(at, 1);
        this.hand();
      },
      onStartFailed: (error) => this.giveUp(error),
    });
  }

  /** The script itself fails to start, so no call can be handled. */
  private giveUp(error: Error): void {
    this.threads -= 1;
    for (const call of this.waiting.splice(0)) call.reject(error);
  }
}

interface Listener {
  onIdle: () => void;
  onEnd: () => void;
  onStartFailed: (error: Error) => void;
}

class Thread {
  private readonly worker: Worker;
  private call: Waiting | null = null;
  private timer: NodeJS.Timeout | undefined;
  private ready = false;
  private ending = false;
  private failure: Error | null = null;
  private processorFile: string | null = null;

  constructor(
    code: string,
    private readonly listener: Listener,
  ) {
    this.worker = new Worker(code, {
      eval: true,
      // No environment, because it runs customers' input.
      env: {},
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB_MAX, stackSizeMb: STACK_MB },
    });
    this.worker.on('message', (reply: ReplyMessage) => this.hear(reply));
    this.worker.on('error', (error: Error & { code?: string }) => {
      this.failure = error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new TooCostly() : error;
    });
    this.worker.on('exit', () => this.end());
  }

  begin(call: Waiting): void {
    this.call = call;
    // The process may only exit while no call is pending.
    this.worker.ref();
    this.limit(call.limitMs, processorMs(this.processorFile), call.limitMs * PATIENCE);
    const message: CallMessage = { name: call.name, args: call.args };
    try {
      this.worker.postMessage(message);
    } catch (error) {
      // The message could not be cloned, such as a function; the thread did not receive it.
      this.takeCall()?.reject(error as Error);
      this.listener.onIdle();
    }
  }

  /** Aborts the call after `limitMs` of CPU time. */
  private limit(limitMs: number, before: number | null, patienceMs: number): void {
    this.timer = setTimeout(() => {
      const now = processorMs(this.processorFile);
      const spentMs = before === null || now === null ? limitMs : now - before;
      if (spentMs < limitMs && patienceMs > limitMs) {
        const leftMs = Math.max(10, limitMs - spentMs);
        this.limit(leftMs, now, patienceMs - limitMs);
        return;
      }
      this.failure = new TooCostly();
      this.ending = true;
      void this.worker.terminate();
    }, limitMs);
  }

  private hear(reply: ReplyMessage): void {
    if (reply.kind === 'ready') {
      this.ready = true;
      this.processorFile = reply.processorFile;
    } else {
      const call = this.takeCall();
      if (reply.kind === 'done') call?.resolve(reply.result);
      else if (reply.kind === 'too_costly') call?.reject(new TooCostly());
      else call?.reject(Object.assign(new Error(reply.message), { stack: reply.stack }));
    }
    if (this.ending) return;
    this.worker.unref();
    this.listener.onIdle();
  }

  private takeCall(): Waiting | null {
    clearTimeout(this.timer);
    const { call } = this;
    this.call = null;
    return call;
  }

  private end(): void {
    const failure = this.failure ?? new Error('A thread ended unasked.');
    this.takeCall()?.reject(failure);
    if (this.ready) this.listener.onEnd();
    else this.listener.onStartFailed(failure);
  }
}
