import type { RE2JS } from 're2js';
import { PATTERN_CHARS_MAX } from '@/server/platform/json-schema/policy';

/**
 * Patterns in the form mean what they mean on the server: both run on RE2. The engine is large and
 * few schemas have patterns, so it is loaded when one is met; until then the server judges alone.
 */
let engine: typeof RE2JS | null = null;
const compiled = new Map<string, RE2JS | null>();

export async function loadPatterns(): Promise<void> {
  engine ??= (await import('re2js')).RE2JS;
}

/** Whether `schema` has a pattern anywhere, so that the engine is worth loading. */
export function hasPatterns(schema: unknown): boolean {
  return /"(pattern|patternProperties)":/.test(JSON.stringify(schema) ?? '');
}

function compile(source: string): RE2JS | null {
  if (!engine) return null;
  const known = compiled.get(source);
  if (known !== undefined) return known;
  let made: RE2JS | null = null;
  try {
    if (source.length <= PATTERN_CHARS_MAX) made = engine.compile(engine.translateRegExp(source));
  } catch {
    // The server refuses such patterns when a task is created; nothing to hold an answer against.
  }
  compiled.set(source, made);
  return made;
}

/** Whether `text` has a match of `source`; null where nobody can tell here. */
export function matchesPattern(source: string, text: string): boolean | null {
  return compile(source)?.test(text) ?? null;
}

/** Whether `source` is a pattern the server takes. */
export function isPattern(source: string): boolean {
  if (!engine) return true;
  if (/\(\?(=|!)/.test(source)) return false;
  return compile(source) !== null;
}
