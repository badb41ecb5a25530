import { RE2JS } from 're2js';
import { PATTERN_CHARS_MAX } from './policy';

export interface LinearPattern {
  test(text: string): boolean;
  /** The source; ajv tells compiled patterns apart by it. */
  toString(): string;
}

/**
 * Compiles a pattern for an engine whose time is linear in the text, whatever the pattern. It
 * accepts ECMAScript's spelling, less what needs backtracking: look-ahead and back-references.
 * @throws Error that says what is wrong with the pattern.
 */
export function compileLinearPattern(source: string): LinearPattern {
  if (source.length > PATTERN_CHARS_MAX) {
    throw new Error(`it is ${source.length} characters long; at most ${PATTERN_CHARS_MAX} fit`);
  }
  if (/\(\?(=|!)/.test(source)) {
    throw new Error('look-ahead is not supported, since patterns run in linear time');
  }
  const compiled = RE2JS.compile(RE2JS.translateRegExp(source));
  return { test: (text) => compiled.test(text), toString: () => `/${source}/` };
}

/** What is wrong with a pattern, or null. */
export function patternFault(source: string): string | null {
  try {
    compileLinearPattern(source);
    return null;
  } catch (error) {
    return error instanceof Error
      ? error.message.replace(/^error parsing regexp: /, '')
      : 'it is not a regular expression';
  }
}
