import { Cron } from 'croner';
import { limits } from './limits';

interface Field {
  name: string;
  min: number;
  max: number;
  names?: readonly string[];
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const FIELDS: readonly Field[] = [
  { name: 'minute', min: 0, max: 59 },
  { name: 'hour', min: 0, max: 23 },
  { name: 'day', min: 1, max: 31 },
  { name: 'month', min: 1, max: 12, names: MONTHS },
  { name: 'weekday', min: 0, max: 6, names: DAYS },
];

/**
 * Parses a cron trigger like the real server: five fields of numbers, names, ranges, lists and
 * steps, in UTC unless it starts with `TZ=<zone> `. Extensions of other cron libraries (`@daily`,
 * `L`, `#`, a Sunday written as 7) are rejected.
 * @throws Error if it is not a valid cron.
 */
export function parseCron(text: string): Cron {
  if (Buffer.byteLength(text) > limits.triggerBytes) {
    throw new Error(`it must not be longer than ${limits.triggerBytes} bytes`);
  }
  const match = /^(?:CRON_)?TZ=(\S+)\s+(.*)$/.exec(text.trim());
  const pattern = match ? (match[2] ?? '') : text.trim();
  const parts = pattern.split(/\s+/);
  if (parts.length !== FIELDS.length) {
    throw new Error('it must have five fields: minute, hour, day, month, weekday');
  }
  for (const [at, field] of FIELDS.entries()) checkField(parts[at] ?? '', field);
  const zone = match?.[1] ?? 'UTC';
  if (!isZone(zone)) throw new Error(`there is no time zone "${zone}"`);
  return new Cron(pattern, { paused: true, timezone: zone });
}

function checkField(text: string, field: Field): void {
  for (const part of text.split(',')) {
    const [range = '', step, ...rest] = part.split('/');
    const bounds = range.split('-').map((each) => numberOf(each, field));
    const [from, to = from] = bounds;
    const wrong =
      rest.length > 0 ||
      bounds.length > 2 ||
      bounds.some(Number.isNaN) ||
      Number(from) > Number(to) ||
      (step !== undefined && !/^[1-9]\d*$/.test(step));
    if (wrong) {
      throw new Error(`the ${field.name} "${text}" is not within ${field.min} and ${field.max}`);
    }
  }
}

/** The number at one end of a range; NaN if there is none. */
function numberOf(text: string, { min, max, names = [] }: Field): number {
  if (text === '*' || text === '?') return min;
  const named = names.indexOf(text.toLowerCase());
  if (named >= 0) return named + min;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return value >= min && value <= max ? value : Number.NaN;
}

function isZone(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
  } catch {
    return false;
  }
}
