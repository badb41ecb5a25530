import { AppError, InvalidRequest } from '../errors';
import { endOfString } from '../json-text';

/** Maximum size of an answer in bytes of JSON. */
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
      `The answer has ${bytes} bytes of JSON; the limit is ${OUTPUT_BYTES_MAX} (1 MB). Shorten it, or link to large files.`,
      { ...(param ? { param } : {}), details: { bytes, bytes_max: OUTPUT_BYTES_MAX } },
    );
  }
}

/** Maximum nesting of an answer, like that of a request's body. */
const OUTPUT_DEPTH_MAX = 256;

/**
 * An answer as JSON.
 * @param param the field it was sent in, for the error.
 * @returns undefined if there is no answer.
 * @throws OutputsTooLarge 413; InvalidRequest 400 `answer_invalid` if it is nested too deeply.
 */
export function outputText(output: unknown, param?: string): string | undefined {
  let text: string | undefined;
  try {
    text = JSON.stringify(output);
  } catch {
    // It is cyclic, contains non-JSON values, or overflows the stack.
    throw notWritable(param);
  }
  if (text === undefined) return undefined;
  const bytes = Buffer.byteLength(text);
  if (bytes > OUTPUT_BYTES_MAX) throw new OutputsTooLarge(bytes, param);
  if (depthOf(text) > OUTPUT_DEPTH_MAX) throw notWritable(param);
  return text;
}

function notWritable(param: string | undefined): InvalidRequest {
  return new InvalidRequest(`An answer is JSON of at most ${OUTPUT_DEPTH_MAX} levels.`, {
    code: 'answer_invalid',
    ...(param ? { param } : {}),
  });
}

/** The nesting depth of a JSON text. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === '"') i = endOfString(text, i);
    else if (char === '[' || char === '{') deepest = Math.max(deepest, ++depth);
    else if (char === ']' || char === '}') depth -= 1;
  }
  return deepest;
}
