/** The command's input and output, apart from the API. */
export interface Io {
  /** Results. */
  out(line: string): void;
  /** Everything else: progress, hints, errors. */
  err(line: string): void;
  stdin(): Promise<string>;
  env: Readonly<Record<string, string | undefined>>;
  /** Aborted when the command must end. */
  signal: AbortSignal;
}

/** Masks anything like an API key, for messages that may quote the user's input. */
export function masked(text: string): string {
  return text.replace(/ek_(live|test)_[A-Za-z0-9]+/g, 'ek_$1_…');
}
