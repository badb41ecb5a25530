/** A start that cannot go on; the message is what the person at the terminal reads. */
export class StartError extends Error {
  override name = 'StartError';
}
