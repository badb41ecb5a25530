/** A start that failed; the message is shown in the terminal. */
export class StartError extends Error {
  override name = 'StartError';
}
