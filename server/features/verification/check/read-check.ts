/** Parses a check URL's response, which is untrusted. */
import { z } from 'zod';

export const CHECK_VERDICTS = ['pass', 'reject', 'review'] as const;

/** The result of calling a check URL for an answer. */
export interface CheckAnswer {
  verdict: (typeof CHECK_VERDICTS)[number];
  /** The receiver's message; empty without one. */
  message: string;
}

/** Longer messages are truncated. */
export const MESSAGE_CHARS_MAX = 500;
/** Longer responses are rejected. */
export const ANSWER_BYTES_MAX = 16 * 1024;

const Answer = z.object({
  verdict: z.enum(CHECK_VERDICTS),
  message: z.string().nullish(),
});

/**
 * Parses an HTTP response.
 * @param bodyText at most one byte more than `ANSWER_BYTES_MAX`.
 * @throws Error with a sentence that says why it is not a verdict.
 */
export function readCheck({ status, bodyText }: { status: number; bodyText: string }): CheckAnswer {
  if (status >= 300 && status < 400) throw new Error(`It redirects (${status}).`);
  if (status < 200 || status >= 300) throw new Error(`It answered ${status}.`);
  if (Buffer.byteLength(bodyText) > ANSWER_BYTES_MAX) {
    throw new Error(`Its answer is longer than ${ANSWER_BYTES_MAX} bytes.`);
  }
  const parsed = Answer.safeParse(parseJson(bodyText));
  if (!parsed.success) {
    throw new Error('Its answer is not {"verdict": "pass", "reject" or "review", "message"}.');
  }
  const { verdict, message } = parsed.data;
  // Characters that no page shows, and half a surrogate pair at the cut.
  const plain = (message ?? '').replace(/[\p{Cc}\p{Cs}]+/gu, ' ').trim();
  return { verdict, message: [...plain].slice(0, MESSAGE_CHARS_MAX).join('') };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('Its answer is no JSON.');
  }
}
