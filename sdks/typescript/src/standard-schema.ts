/**
 * The part of Standard Schema (and of Standard JSON Schema, both version 1) that this package asks
 * of a schema; https://standardschema.dev lets everyone copy it, so no dependency is needed.
 */
export interface StandardSchema<Input = unknown, Output = Input> {
  readonly '~standard': {
    readonly version: 1;
    /** The library, such as `zod`. */
    readonly vendor: string;
    readonly validate: (value: unknown) => StandardResult<Output> | Promise<StandardResult<Output>>;
    readonly types?: { readonly input: Input; readonly output: Output } | undefined;
    /** Where the library can write its schemas as JSON Schema; it may throw. */
    readonly jsonSchema?: {
      readonly input: (options: { readonly target: string }) => Record<string, unknown>;
    };
  };
}

export type StandardResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly StandardIssue[] };

/** One thing that is wrong with a value, as libraries tell it. */
export interface StandardIssue {
  readonly message: string;
  readonly path?: ReadonlyArray<PropertyKey | { readonly key: PropertyKey }> | undefined;
}

/** What is wrong with an answer, and where in it. */
export interface AnswerIssue {
  message: string;
  /** The names and indexes that lead there; empty for the answer itself. */
  path: PropertyKey[];
}

/** The issues without what their library adds of its own. */
export function plainIssues(issues: readonly StandardIssue[]): AnswerIssue[] {
  return Array.from(issues, ({ message, path = [] }) => ({
    message,
    path: Array.from(path, (step) => (typeof step === 'object' ? step.key : step)),
  }));
}

/** The issues in one line: `verdict: Invalid input; notes[0]: …`. */
export function issuesInWords(issues: readonly AnswerIssue[]): string {
  return issues
    .map(({ message, path }) => {
      const at = path
        .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
        .join('')
        .replace(/^\./, '');
      return at === '' || message.startsWith(at) ? message : `${at}: ${message}`;
    })
    .join('; ');
}
