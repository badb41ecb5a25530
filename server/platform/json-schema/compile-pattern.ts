import { RE2JS } from 're2js';
import { LruCache } from '../lru-cache';
import { patternSize } from './pattern-size';
import { compileOrdinaryPattern, PATTERN_CHARS_MAX } from './policy';

export interface CompiledPattern {
  test(text: string): boolean;
  /** The source, by which ajv caches compiled patterns. */
  toString(): string;
}

/** RE2's compile time grows with the program's size; larger ones run on the built-in engine. */
const LINEAR_SIZE_MAX = 2_000;
/** Limit for all linear patterns of one schema together. */
const LINEAR_SIZE_TOTAL_MAX = 20_000;

const compiled = new LruCache<CompiledPattern>(LINEAR_SIZE_TOTAL_MAX * 5);
let linearSizeLeft = LINEAR_SIZE_TOTAL_MAX;

/** Compiles the patterns of one schema with a shared budget for RE2 programs. */
export function withPatternAllowance<T>(compile: () => T): T {
  linearSizeLeft = LINEAR_SIZE_TOTAL_MAX;
  try {
    return compile();
  } finally {
    linearSizeLeft = LINEAR_SIZE_TOTAL_MAX;
  }
}

function findLinear(source: string): RE2JS | null {
  // RE2JS parses some look-aheads as plain groups.
  if (/\(\?(=|!|<=|<!)/.test(source)) return null;
  try {
    return RE2JS.compile(RE2JS.translateRegExp(source));
  } catch {
    return null;
  }
}

/**
 * Compiles a pattern with RE2, whose time is linear in the text, if possible; else (look-around,
 * back-references, more than 1,000 repeats, very large programs) with the built-in engine, which
 * may be slow and therefore runs in a worker thread with a timeout.
 * @throws Error that explains what is wrong with the pattern.
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

/** The pattern's fault, or null. Only parses it. */
export function patternFault(source: string): string | null {
  if (source.length > PATTERN_CHARS_MAX) {
    return `it is ${source.length} characters long; at most ${PATTERN_CHARS_MAX} fit`;
  }
  try {
    compileOrdinaryPattern(source);
    return null;
  } catch (error) {
    // Some syntax is specific to RE2, such as `(?i)` at the start.
    if (patternSize(source) <= LINEAR_SIZE_MAX && findLinear(source)) return null;
    const reason = error instanceof Error ? error.message : 'it is not a regular expression';
    return reason.replace(/^Invalid regular expression: /, '');
  }
}
