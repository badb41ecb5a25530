/** The content of the form page. */
export interface ShownForm {
  /** A new one creates a new form, with its own draft. */
  id: string;
  /** Normalised by the server's `normaliseSchema`. */
  schema: unknown;
  /** The draft to begin with, if any. */
  value?: unknown;
  /** The task's payload, if it is shown as well. */
  payload?: Record<string, unknown> | undefined;
}

/** The submitted answer, as the JSON that would be sent. */
export interface Submission {
  json: string | undefined;
}
