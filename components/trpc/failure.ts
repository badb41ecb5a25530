/** A failed request, as pages show it. */
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

/** Reads any failure; a lost connection has its own message. */
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
