/** What the form page shows. */
export interface ShownForm {
  /** A new one makes a new form, with a draft of its own. */
  id: string;
  /** Normalised by the server's `normaliseSchema`. */
  schema: unknown;
  /** The draft to begin with, if any. */
  value?: unknown;
}

/** The answer that Submit handed over, as the JSON that would be sent. */
export interface Submission {
  json: string | undefined;
}
