import type { Reading } from './pending-edits';

/** How a number field reads what was typed or pasted into it. */
interface NumberField {
  /** Only whole numbers fit, so that one beyond 2^53 would be changed on its way. */
  isWhole: boolean;
  /** The worker's browser writes decimals behind a comma, so that “1.234” may be a thousand. */
  hasDecimalComma: boolean;
}

/** Marks of direction and width that Intl and office programs put around numbers. */
const UNSEEN = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u061c]/g;
const MINUS = /^[-\u2010\u2011\u2013\u2212\ufe63\uff0d]/;
const PLUS = /^[+\uff0b]/;
/** A currency before or after the amount: €, US$, EUR. */
const CURRENCY = '[A-Z]{0,3}\\p{Sc}|[A-Z]{3}';
const LEADING_CURRENCY = new RegExp(`^(${CURRENCY})\\s*`, 'u');
const TRAILING_CURRENCY = new RegExp(`\\s*(${CURRENCY})$`, 'u');

const isDigit = (code: number) => /^\p{Nd}$/u.test(String.fromCodePoint(code));

/** Any script's digits as 0–9. Each script has its ten in a row. */
function withPlainDigits(text: string): string {
  return text.replaceAll(/(?![0-9])\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    let first = code;
    while (isDigit(first - 1)) first -= 1;
    return String((code - first) % 10);
  });
}

/** One spelling for each sign that separates groups or decimals. */
function withPlainSigns(text: string): string {
  return text
    .replaceAll('\uff0e', '.')
    .replaceAll('\uff0c', ',')
    .replaceAll(/['\u2019\u02bc\uff07]/g, "'")
    .replaceAll(/\s/g, ' ');
}

function isCurrencyCode(code: string): boolean {
  if (/\p{Sc}/u.test(code)) return true;
  return Intl.supportedValuesOf('currency').includes(code);
}

interface Signed {
  negative: boolean;
  rest: string;
}

/** Sign and currency taken off, in any order, each at most once; null where there are more. */
function bare(text: string): Signed | null {
  let rest = text;
  let sign: boolean | null = null;
  let currency = false;
  for (;;) {
    const minus = MINUS.test(rest);
    if (minus || PLUS.test(rest)) {
      if (sign !== null) return null;
      sign = minus;
      rest = rest.slice(1).trimStart();
      continue;
    }
    const leading = LEADING_CURRENCY.exec(rest);
    if (!leading?.[1] || !isCurrencyCode(leading[1])) break;
    if (currency) return null;
    currency = true;
    rest = rest.slice(leading[0].length);
  }
  const trailing = TRAILING_CURRENCY.exec(rest);
  if (trailing?.[1] && isCurrencyCode(trailing[1])) {
    if (currency) return null;
    rest = rest.slice(0, -trailing[0].length);
  }
  return { negative: sign === true, rest };
}

/** Whether digits are grouped as people group them: by threes, or 12,34,567 as in India. */
function isGrouped(text: string, sign: string): boolean {
  const [first = '', ...others] = text.split(sign);
  if (first.length < 1 || first.length > 3) return false;
  if (others.every((group) => group.length === 3)) return true;
  const last = others.at(-1);
  const isIndian = first.length <= 2 && last?.length === 3;
  return sign === ',' && isIndian && others.slice(0, -1).every((group) => group.length === 2);
}

/** The digits of a whole part, its groups joined; null where they are no groups. */
function joined(text: string): string | null {
  const signs = new Set(text.match(/[^0-9]/g));
  const [sign] = signs;
  if (sign === undefined) return text;
  if (signs.size > 1 || !isGrouped(text, sign)) return null;
  return text.replaceAll(sign, '');
}

/** Where the decimals begin: the place of their sign, null for none, or that nobody can tell. */
function decimalAt(text: string, hasDecimalComma: boolean): number | null | 'unclear' {
  const arabic = text.indexOf('\u066b');
  if (arabic >= 0) return arabic;
  const points = text.split('.').length - 1;
  const commas = text.split(',').length - 1;
  if (points === 0 && commas === 0) return null;
  const at = Math.max(text.lastIndexOf('.'), text.lastIndexOf(','));
  if (points > 0 && commas > 0) return at;
  if (points + commas > 1) return null;
  const before = text.slice(0, at);
  const couldBeGroup = /^[1-9]\d{0,2}$/.test(before) && /^\d{3}$/.test(text.slice(at + 1));
  if (!couldBeGroup) return at;
  return text[at] === '.' && !hasDecimalComma ? at : 'unclear';
}

/** A decimal as its digits without outer zeros and the power of ten of the last one. */
function canonical(text: string): string {
  const [mantissa = '', power = '0'] = text.toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.');
  const digits = (whole + fraction).replace(/^0+/, '');
  const kept = digits.replace(/0+$/, '');
  if (kept === '') return '0';
  return `${kept}e${Number(power) - fraction.length + digits.length - kept.length}`;
}

/**
 * A decimal with a point as a number, or why it cannot be kept as it is.
 * @param isWhole whether it must be a whole number, of which floats skip those beyond 2^53.
 */
export function exactNumber(text: string, isWhole: boolean): { value: number } | { wrong: string } {
  const value = Number(text);
  const isUnsafe = Number.isInteger(value) && !Number.isSafeInteger(value);
  if (!Number.isFinite(value) || (isWhole && isUnsafe)) {
    return { wrong: `This number is too large. The largest is ${Number.MAX_SAFE_INTEGER}.` };
  }
  if (canonical(text) !== canonical(String(value))) {
    return { wrong: 'This number has more digits than can be kept. Give at most 15.' };
  }
  return { value: value === 0 ? 0 : value };
}

const NOT_A_NUMBER = 'Give a number, such as 1234.5.';
/** Longer than the longest number a float writes; longer texts are not worth reading. */
const CHARS_MAX = 400;

/** What stands around the digits, where it is a word such as “kg” or “%”. */
function strangerIn(text: string): string | null {
  return /[\p{L}%‰°][\p{L}\p{M}%‰°²³/.]*/u.exec(text)?.[0] ?? null;
}

/**
 * Reads an amount as people of any locale write or paste it: 1.234,56 and 1,234.56, € 19,90, −5,
 * 1’234, ١٢٫٥, 1e5. It never guesses and never rounds: where a text has two meanings, or a number
 * has more digits than are kept, the reading says what to write instead.
 */
export function readNumber(text: string, field: NumberField): Reading {
  if (text.length > CHARS_MAX) return { wrong: NOT_A_NUMBER };
  const plain = withPlainSigns(withPlainDigits(text.replaceAll(UNSEEN, ''))).trim();
  if (plain === '') return { value: undefined };
  const signed = bare(plain);
  const parts = signed && /^([0-9., '\u066b\u066c]+)(e[+-]?\d{1,5})?$/i.exec(signed.rest);
  if (!signed || !parts?.[1]) {
    const word = signed && /\d/.test(signed.rest) ? strangerIn(signed.rest) : null;
    return { wrong: word ? `Give the number alone, without “${word}”.` : NOT_A_NUMBER };
  }
  const [, mantissa, power = ''] = parts;
  const at = decimalAt(mantissa, field.hasDecimalComma);
  if (at === 'unclear') {
    const digits = mantissa.replace(/[.,]/, '');
    const decimal = `${mantissa.replace(',', '.')}0`;
    const sign = signed.negative ? '-' : '';
    return {
      wrong: `${text.trim()} may mean two numbers. Write ${sign}${digits} or ${sign}${decimal}.`,
    };
  }
  const whole = joined(at === null ? mantissa : mantissa.slice(0, at));
  const fraction = at === null ? '' : mantissa.slice(at + 1);
  if (whole === null || !/^\d*$/.test(fraction) || whole + fraction === '') {
    return { wrong: NOT_A_NUMBER };
  }
  const decimals = fraction === '' ? '' : `.${fraction}`;
  return exactNumber(
    `${signed.negative ? '-' : ''}${whole || '0'}${decimals}${power}`,
    field.isWhole,
  );
}

/** Whether this browser's language writes 1,5 for one and a half. */
export function hasDecimalComma(language: string): boolean {
  const parts = new Intl.NumberFormat(language).formatToParts(1.5);
  return parts.find(({ type }) => type === 'decimal')?.value === ',';
}

/**
 * The next number on the grid of `step`, up or down, by decimal arithmetic, so that 0.1 + 0.2 is 0.3.
 * @param by how many steps.
 */
export function stepped(value: number, step: number, by: number): number {
  const places = Math.min(100, Math.max(decimalsOf(value), decimalsOf(step)));
  return Number((value + step * by).toFixed(places));
}

function decimalsOf(value: number): number {
  const [mantissa = '', power = '0'] = String(value).split('e');
  return Math.max(0, (mantissa.split('.')[1] ?? '').length - Number(power));
}
