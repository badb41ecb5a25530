import { Unprocessable } from '../errors';

/** 422: `output_schema` is not a schema we can use; `details.pointer` says where. */
export class InvalidOutputSchema extends Unprocessable {
  static readonly status = 422;
  static readonly code = 'invalid_output_schema';
  constructor(
    readonly pointer: string,
    readonly reason: string,
    facts: Record<string, unknown> = {},
  ) {
    const place = pointer === '' ? 'at its root' : `at ${pointer}`;
    super('invalid_output_schema', `output_schema is not usable ${place}: ${reason}.`, {
      param: 'output_schema',
      details: { pointer, ...facts },
    });
  }
}
