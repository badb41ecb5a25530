/** The command's exit codes, for scripts. */
export const EXIT = {
  done: 0,
  /** The API refused, or could not be reached. */
  failed: 1,
  /** The command was not understood; nothing was sent. */
  usage: 2,
  /** The task has ended as failed, expired or cancelled. */
  noAnswer: 3,
  /** The task did not end within the timeout. */
  timeout: 4,
  /** The receipt does not verify. */
  invalid: 5,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The command was not understood; the message says what to write instead. */
export class UsageError extends Error {}
