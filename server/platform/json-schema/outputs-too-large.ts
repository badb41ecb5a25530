import { AppError } from '../errors';

/** How large an answer may be, in bytes of JSON. */
export const OUTPUT_BYTES_MAX = 1024 * 1024;

/** 413: an answer of more than 1 MB. */
export class OutputsTooLarge extends AppError {
  static readonly status = 413;
  static readonly code = 'outputs_too_large';
  constructor(bytes: number, param?: string) {
    super(
      413,
      'validation_error',
      'outputs_too_large',
      `The answer is ${bytes} bytes of JSON; at most ${OUTPUT_BYTES_MAX} (1 MB) fit. Shorten it, or link to large files.`,
      { ...(param ? { param } : {}), details: { bytes, bytes_max: OUTPUT_BYTES_MAX } },
    );
  }
}

/**
 * An answer as JSON.
 * @param param the field it came in, for the error.
 * @returns undefined where there is no answer at all.
 * @throws OutputsTooLarge 413
 */
export function outputText(output: unknown, param?: string): string | undefined {
  const text = JSON.stringify(output) as string | undefined;
  const bytes = text === undefined ? 0 : Buffer.byteLength(text);
  if (bytes > OUTPUT_BYTES_MAX) throw new OutputsTooLarge(bytes, param);
  return text;
}
