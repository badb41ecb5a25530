import type { RE2JS } from 're2js';
import { compileOrdinaryPattern, PATTERN_CHARS_MAX } from '@/server/platform/json-schema/policy';
import { announceVerdicts, slowVerdict } from './slow-patterns';

/**
 * Patterns in the form mean what they mean on the server: RE2 runs what it can, at once, and the
 * browser's own engine runs the rest in a worker. RE2 is large and few schemas have patterns, so it
 * is loaded when one is met; until then the server judges alone.
 */
let engine: typeof RE2JS | null = null;
const compiled = new Map<string, RE2JS | null>();

export async function loadPatterns(): Promise<void> {
  if (engine) return;
  engine = (await import('re2js')).RE2JS;
  announceVerdicts();
}

/** Whether `schema` has a pattern anywhere, so that the engine is worth loading. */
export function hasPatterns(schema: unknown): boolean {
  return /"(pattern|patternProperties)":/.test(JSON.stringify(schema) ?? '');
}

/** RE2JS reads some look-aheads as if they were plain groups. */
const LOOK_AROUND = /\(\?(=|!|<=|<!)/;

function compile(source: string): RE2JS | null {
  if (!engine) return null;
  const known = compiled.get(source);
  if (known !== undefined) return known;
  let made: RE2JS | null = null;
  try {
    const isLinear = source.length <= PATTERN_CHARS_MAX && !LOOK_AROUND.test(source);
    if (isLinear) made = engine.compile(engine.translateRegExp(source));
  } catch {
    // Look-around, back-references, more than a thousand repeats: not for this engine.
  }
  compiled.set(source, made);
  return made;
}

/**
 * Whether `text` has a match of `source`; null where nobody can tell here, or not yet: see
 * `whenSettled`.
 */
export function matchesPattern(source: string, text: string): boolean | null {
  const linear = compile(source);
  if (linear) return linear.test(text);
  if (!engine || !isPattern(source)) return null;
  const verdict = slowVerdict(source, text);
  return verdict === 'too slow' ? null : verdict;
}

/** Whether a text takes longer to match than anyone waits. */
export function isTooSlow(source: string, text: string): boolean {
  if (!engine || compile(source) || !isPattern(source)) return false;
  return slowVerdict(source, text) === 'too slow';
}

/** Whether `source` is a pattern the server takes. */
export function isPattern(source: string): boolean {
  if (source.length > PATTERN_CHARS_MAX) return false;
  try {
    compileOrdinaryPattern(source);
    return true;
  } catch {
    // Some spellings are RE2's alone, such as `(?i)` at the start.
    return !engine || compile(source) !== null;
  }
}
