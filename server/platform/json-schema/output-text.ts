import { AppError, InvalidRequest } from '../errors';
import { endOfString } from '../json-text';

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

/** How deep an answer may nest, as a request's body may. */
const OUTPUT_DEPTH_MAX = 256;

/**
 * An answer as JSON.
 * @param param the field it came in, for the error.
 * @returns undefined where there is no answer at all.
 * @throws OutputsTooLarge 413; InvalidRequest 400 `answer_invalid` where it nests too deep.
 */
export function outputText(output: unknown, param?: string): string | undefined {
  let text: string | undefined;
  try {
    text = JSON.stringify(output);
  } catch {
    // It refers to itself, holds what JSON cannot, or nests deeper than the stack.
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

/** How deep a JSON text nests. */
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
