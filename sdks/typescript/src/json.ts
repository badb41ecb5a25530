import { HumanRailError } from './errors.js';

/** Any JSON value. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** The API's maximum depth. */
const DEPTH_MAX = 256;
/** From here on, numbers are written with a power of ten, which the API reads as fractions. */
const POWER_FROM = 1e21;

/**
 * A copy of the value as JSON will say it: what is undefined in objects is left out, and `toJSON`
 * is asked, as `JSON.stringify` does it. Values that JSON would silently change are rejected.
 * @param at names the value in messages, such as `payload`.
 * @throws HumanRailError with the place, for what JSON has no form for.
 */
export function plainJson(value: unknown, at: string, depth = 0): Json {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'string') return wholeText(value, at);
  if (typeof value === 'number') return safeNumber(value, at);
  if (typeof value !== 'object') throw new HumanRailError(`${at} ${refusalOf(value)}`);
  if (depth > DEPTH_MAX) {
    throw new HumanRailError(
      `${at.slice(0, 60)}… nests deeper than ${DEPTH_MAX} levels; does it refer to itself?`,
    );
  }
  if ('toJSON' in value && typeof value.toJSON === 'function' && !ArrayBuffer.isView(value)) {
    return plainJson(value.toJSON(), at, depth + 1);
  }
  if (Array.isArray(value)) {
    // Array.from, since map would leave out the holes.
    return Array.from(value, (item, index) => plainJson(item, `${at}[${index}]`, depth + 1));
  }
  const refusal = refusalOfObject(value);
  if (refusal) throw new HumanRailError(`${at} ${refusal}`);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .map(([key, inner]) => [
        wholeText(key, `A key of ${at}`),
        plainJson(inner, `${at}.${key}`, depth + 1),
      ]),
  );
}

/** A value's canonical JSON (RFC 8785), the same in every language. */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  // Strings and numbers are written like in ECMAScript, from which the RFC takes its rules.
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    // By UTF-16 code units, which is how JavaScript compares texts.
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner)}`);
  return `{${members.join(',')}}`;
}

function safeNumber(value: number, at: string): number {
  if (!Number.isFinite(value)) {
    throw new HumanRailError(`${at} is ${value}, which JSON has no form for.`);
  }
  if (Number.isInteger(value) && !Number.isSafeInteger(value) && Math.abs(value) < POWER_FROM) {
    throw new HumanRailError(
      `${at} is ${value}, a whole number beyond 2^53, which readers of JSON round; send it as text.`,
    );
  }
  return value;
}

function wholeText(text: string, at: string): string {
  if (!/\p{Surrogate}/u.test(text)) return text;
  throw new HumanRailError(`${at} holds half a character (a lone surrogate); send whole text.`);
}

function refusalOf(value: unknown): string {
  if (isSchemaLike(value)) return 'is a schema where JSON is wanted; only returns takes one.';
  if (typeof value === 'bigint')
    return `is the bigint ${value}, which JSON has no form for; send it as text.`;
  if (value === undefined) return 'is undefined, which JSON has no form for; use null.';
  return `is a ${typeof value}, which JSON has no form for.`;
}

function refusalOfObject(value: object): string | undefined {
  if (isSchemaLike(value)) return refusalOf(value);
  if (value instanceof Map || value instanceof Set) {
    return `is a ${value.constructor.name}, which JSON writes as {}; use an object or an array.`;
  }
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
    return 'is binary, which JSON has no form for; send a URL, or base64 as text.';
  }
  if (value instanceof Promise) return 'is a promise; await it first.';
  return undefined;
}

/** True for what zod, valibot, arktype and their like make. */
export function isSchemaLike(value: unknown): value is { readonly '~standard': unknown } {
  return (
    ((typeof value === 'object' && value !== null) || typeof value === 'function') &&
    '~standard' in value
  );
}
