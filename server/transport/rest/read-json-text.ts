import { InvalidRequest } from '@/server/platform/errors';
import { pointerStep } from '@/server/platform/json-schema/json';
import { endOfString } from '@/server/platform/json-text';
import { takeTurns } from '@/server/platform/turns';

/** Maximum nesting; deeper bodies are designed to exhaust recursive code. */
const DEPTH_MAX = 256;

/** 400: the body is not valid JSON, or is ambiguous. */
export class MalformedJson extends InvalidRequest {
  constructor(reason: string) {
    super(`The body is not valid JSON: ${reason}.`, { code: 'malformed_json' });
  }
}

/** 400: a number that would lose precision; `details.pointer` locates it. */
export class UnsafeNumber extends InvalidRequest {
  static readonly status = 400;
  static readonly code = 'unsafe_number';
  constructor(literal: string, steps: readonly (string | number)[]) {
    const pointer = steps.map(pointerStep).join('');
    const shown = literal.length > 40 ? `${literal.slice(0, 40)}…` : literal;
    super(
      `The number ${shown} at ${pointer === '' ? 'the root' : pointer} would lose precision; send it as a string.`,
      {
        code: 'unsafe_number',
        details: { pointer, literal: shown },
        ...(steps.length > 0 ? { param: steps.join('.') } : {}),
      },
    );
  }
}

const QUOTE = 34;
const COMMA = 44;
const MINUS = 45;
const ZERO = 48;
const NINE = 57;
const COLON = 58;
const LIST = 91;
const OBJECT = 123;
const CLOSE = new Set([93, 125]);
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
/** Characters read between two checks of the time. */
const STRIDE = 65_536;

/** A list or object being read. */
interface Level {
  /** An object's names so far; null for a list. */
  keys: Set<string> | null;
  /** The current name or index. */
  at: string | number;
}

/**
 * Rejects what `JSON.parse` accepts: duplicate keys, a `__proto__` key, unbounded nesting, and
 * numbers that lose precision. Linear time; yields to the event loop periodically.
 * @param text well-formed JSON.
 * @throws MalformedJson 400, UnsafeNumber 400
 */
export async function assertUnambiguous(text: string): Promise<void> {
  const turn = takeTurns();
  const reading: Reading = { text, levels: [], lastString: '' };
  for (let at = 0, nextLook = STRIDE; at < text.length; ) {
    at = readToken(reading, at);
    if (at < nextLook) continue;
    nextLook = at + STRIDE;
    await turn();
  }
}

/** The reader's state: the enclosing lists and objects, and the preceding string. */
interface Reading {
  text: string;
  levels: Level[];
  lastString: string;
}

/** Reads the token at an index. @returns the index after it. */
function readToken(reading: Reading, at: number): number {
  const { text, levels } = reading;
  const char = text.charCodeAt(at);
  if (char === QUOTE) {
    const end = endOfString(text, at) + 1;
    reading.lastString = text.slice(at, end);
    return end;
  }
  if (char === MINUS || (char >= ZERO && char <= NINE)) return at + assertSafe(text, at, levels);
  if (char === COLON) addKey(levels.at(-1), reading.lastString);
  else if (char === COMMA) countItem(levels.at(-1));
  else if (char === LIST || char === OBJECT) openLevel(levels, char === LIST);
  else if (CLOSE.has(char)) levels.pop();
  return at + 1;
}

function openLevel(levels: Level[], isList: boolean): void {
  if (levels.length >= DEPTH_MAX) {
    throw new MalformedJson(`it nests more than ${DEPTH_MAX} levels deep`);
  }
  levels.push(isList ? { keys: null, at: 0 } : { keys: new Set(), at: '' });
}

function countItem(level: Level | undefined): void {
  if (typeof level?.at === 'number') level.at += 1;
}

function addKey(level: Level | undefined, quoted: string): void {
  if (!level?.keys) return;
  const key = quoted.includes('\\') ? (JSON.parse(quoted) as string) : quoted.slice(1, -1);
  if (key === '__proto__') throw new MalformedJson('a key must not be named "__proto__"');
  if (level.keys.has(key)) throw new MalformedJson(`the key ${quoted.slice(0, 100)} stands twice`);
  level.keys.add(key);
  level.at = key;
}

/** @returns the number's length. */
function assertSafe(text: string, start: number, levels: readonly Level[]): number {
  NUMBER.lastIndex = start;
  const literal = NUMBER.exec(text)?.[0] ?? '0';
  // At most 15 digits without exponent: the common case, always safe.
  const isShort = literal.length <= 15 && !/[eE]/.test(literal);
  if (!isShort && !isSafe(literal)) {
    throw new UnsafeNumber(
      literal,
      levels.map(({ at }) => at),
    );
  }
  return literal.length;
}

/**
 * Whether a number keeps its value. Fractions are rounded to the nearest float, as everywhere;
 * integers beyond 2^53 must be exact, and no number may become infinite or 0.
 */
function isSafe(literal: string): boolean {
  const value = Number(literal);
  if (!Number.isFinite(value)) return false;
  if (value === 0) return !/^-?[\d.]*[1-9]/.test(literal);
  if (!/[.eE]/.test(literal)) return Number.isSafeInteger(value);
  return !Number.isInteger(value) || Math.abs(value) <= Number.MAX_SAFE_INTEGER
    ? true
    : isSameDecimal(literal, String(value));
}

/** Whether two literals denote the same number: equal significant digits and exponent. */
function isSameDecimal(one: string, other: string): boolean {
  const [a, b] = [one, other].map((literal) => {
    const [mantissa = '', power = '0'] = literal.toLowerCase().split('e');
    const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.');
    const digits = (whole + fraction).replace(/^0+/, '');
    const bare = digits.replace(/0+$/, '');
    return `${bare}e${Number(power) - fraction.length + digits.length - bare.length}`;
  });
  return a === b;
}
