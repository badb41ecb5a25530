/** What the pool and its threads say to each other; everything is cloned on the way. */

/** The pool → a thread. `args` are those of the function that the table has under `name`. */
export interface CallMessage {
  name: string;
  args: unknown[];
}

/**
 * A thread → the pool. `ready` names the file that counts its processor time, if the system has one.
 * `too_costly`: the function ran out of stack.
 */
export type ReplyMessage =
  | { kind: 'ready'; processorFile: string | null }
  | { kind: 'done'; result: unknown }
  | { kind: 'too_costly' }
  | { kind: 'failed'; message: string; stack: string | undefined };
