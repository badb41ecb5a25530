import { z } from 'zod';

/** Query string fields, where every value is text. Browser-safe. */

/** An integer between two bounds, in plain digits. */
export function wholeNumber(min: number, max: number) {
  return z.preprocess(
    (value) => (typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value),
    z.int().min(min).max(max),
  );
}

const DATE_TIME =
  /^(\d{4}-\d\d-\d\d)(?:[Tt ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)([Zz]|[+-]\d\d:?\d\d)?)?$/;
const UNIX_SECONDS = /^\d{9,11}$/;
const YEAR_MIN = 1970;
const YEAR_MAX = 9999;

/** Whether the database and common calendars support the year. */
export function isCommonYear(date: Date): boolean {
  const year = date.getUTCFullYear();
  return year >= YEAR_MIN && year <= YEAR_MAX;
}

/** False for 30 February, which `Date` converts to a day in March. */
function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/**
 * Parses a timestamp: ISO 8601 with or without time (UTC by default), or Unix seconds. Anything
 * else is returned unchanged, for the schema to reject.
 */
function readInstant(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (UNIX_SECONDS.test(value)) return new Date(Number(value) * 1000);
  const [, day, time = '00:00', offset = 'Z'] = DATE_TIME.exec(value) ?? [];
  if (!day || !isDay(day)) return value;
  const date = new Date(`${day}T${time}${offset}`);
  return Number.isNaN(date.getTime()) || !isCommonYear(date) ? value : date;
}

/** A timestamp as parsed by `readInstant`. */
export const Instant = z
  .preprocess(readInstant, z.date())
  .meta({ type: 'string', format: 'date-time' });
