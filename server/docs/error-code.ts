/** The documentation of one `error.code` of the API. */
export interface ErrorCode {
  code: string;
  status: number;
  /** When it happens. */
  cause: string;
  /** How to fix it. */
  remedy: string;
}

export interface ErrorType {
  type: string;
  summary: string;
  codes: ErrorCode[];
}

/** One code: name, status, cause, remedy. */
export const code = (code: string, status: number, cause: string, remedy: string): ErrorCode => ({
  code,
  status,
  cause,
  remedy,
});
