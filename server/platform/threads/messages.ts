/** Messages between the pool and its threads; all are cloned. */

/** To a thread: call the function `name` of the table with `args`. */
export interface CallMessage {
  name: string;
  args: unknown[];
}

/**
 * From a thread. `ready` names the file with its CPU time, if the system has one. `too_costly`:
 * stack overflow.
 */
export type ReplyMessage =
  | { kind: 'ready'; processorFile: string | null }
  | { kind: 'done'; result: unknown }
  | { kind: 'too_costly' }
  | { kind: 'failed'; message: string; stack: string | undefined };
