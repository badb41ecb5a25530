/** What the server said of a failed request, as pages show it. */
export interface Failure {
  message: string;
  code: string;
  param: string | null;
  details: unknown;
}

interface TrpcFailure {
  message: string;
  data?: { failure?: { code: string; param: string | null; details: unknown } } | null;
}

/** Reads a failure of whatever kind; a lost connection gets words of its own. */
export function failureOf(error: unknown): Failure {
  const { message, data } = error as TrpcFailure;
  if (data?.failure) return { message, ...data.failure };
  return {
    message: 'The server cannot be reached. Check your connection and try again.',
    code: 'unreachable',
    param: null,
    details: null,
  };
}
