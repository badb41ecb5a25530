import { RE2JS } from 're2js';
import { LruCache } from '../lru-cache';
import { patternSize } from './pattern-size';
import { compileOrdinaryPattern, PATTERN_CHARS_MAX } from './policy';

export interface CompiledPattern {
  test(text: string): boolean;
  /** The source; ajv tells compiled patterns apart by it. */
  toString(): string;
}

/** Compiling for RE2 takes time by the size of the program; larger ones run on the ordinary engine. */
const LINEAR_SIZE_MAX = 2_000;
/** What all linear patterns of one schema may come to. */
const LINEAR_SIZE_TOTAL_MAX = 20_000;

const compiled = new LruCache<CompiledPattern>(LINEAR_SIZE_TOTAL_MAX * 5);
let linearSizeLeft = LINEAR_SIZE_TOTAL_MAX;

/** Compiles the patterns of one schema, which share an allowance for RE2's programs. */
export function withPatternAllowance<T>(compile: () => T): T {
  linearSizeLeft = LINEAR_SIZE_TOTAL_MAX;
  try {
    return compile();
  } finally {
    linearSizeLeft = LINEAR_SIZE_TOTAL_MAX;
  }
}

function findLinear(source: string): RE2JS | null {
  // RE2JS reads some look-aheads as if they were plain groups.
  if (/\(\?(=|!|<=|<!)/.test(source)) return null;
  try {
    return RE2JS.compile(RE2JS.translateRegExp(source));
  } catch {
    return null;
  }
}

/**
 * Compiles a pattern: for RE2, whose time is linear in the text whatever the pattern, where RE2 can
 * run it; else (look-around, back-references, more than 1,000 repeats, very large programs) for the
 * ordinary engine. That one may take long, so it runs in a thread, under a time limit.
 * @throws Error that says what is wrong with the pattern.
 */
export function compilePattern(source: string): CompiledPattern {
  const fault = patternFault(source);
  if (fault) throw new Error(fault);
  const size = patternSize(source);
  const key = `${size <= LINEAR_SIZE_MAX && size <= linearSizeLeft} ${source}`;
  const known = compiled.get(key);
  if (known) return known;
  const linear = key.startsWith('true') ? findLinear(source) : null;
  if (linear) linearSizeLeft -= size;
  const engine = linear ?? compileOrdinaryPattern(source);
  const pattern = { test: (text: string) => engine.test(text), toString: () => `/${source}/` };
  compiled.set(key, pattern, linear ? size + 1 : 1);
  return pattern;
}

/** What is wrong with a pattern, or null. Only reads it; nothing is compiled for texts yet. */
export function patternFault(source: string): string | null {
  if (source.length > PATTERN_CHARS_MAX) {
    return `it is ${source.length} characters long; at most ${PATTERN_CHARS_MAX} fit`;
  }
  try {
    compileOrdinaryPattern(source);
    return null;
  } catch (error) {
    // Some spellings are RE2's alone, such as `(?i)` at the start.
    if (patternSize(source) <= LINEAR_SIZE_MAX && findLinear(source)) return null;
    const reason = error instanceof Error ? error.message : 'it is not a regular expression';
    return reason.replace(/^Invalid regular expression: /, '');
  }
}
