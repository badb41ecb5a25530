import { Unprocessable } from '../errors';

export const SCHEMA_BYTES_MAX = 64 * 1024;

/** 422: `output_schema` is not usable; `details.pointer` locates the fault. */
export class InvalidOutputSchema extends Unprocessable {
  static readonly status = 422;
  static readonly code = 'invalid_output_schema';
  constructor(
    readonly pointer: string,
    readonly reason: string,
    readonly facts: Record<string, unknown> = {},
  ) {
    const place = pointer === '' ? 'at its root' : `at ${pointer}`;
    super('invalid_output_schema', `output_schema is not usable ${place}: ${reason}.`, {
      param: 'output_schema',
      details: { pointer, ...facts },
    });
  }

  static tooLarge(bytes: number): InvalidOutputSchema {
    return new InvalidOutputSchema('', `it is ${bytes} bytes; at most ${SCHEMA_BYTES_MAX} fit`, {
      bytes,
      bytes_max: SCHEMA_BYTES_MAX,
    });
  }
}
