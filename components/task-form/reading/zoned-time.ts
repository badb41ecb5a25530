/** A moment or a time of day as its text says it, in parts. Absent parts are null or empty. */
export interface ZonedTime {
  day: string | null;
  /** `HH:MM:SS`. */
  clock: string;
  /** Of a second, with its point: `.250`. */
  fraction: string;
  /** `Z` or `+02:00`, as it was written. */
  zone: string | null;
}

/** What a box writes: a day with a time, or a time alone. */
export type BoxKind = 'moment' | 'time';

const TEXT =
  /^(?:(\d{4}-\d\d-\d\d)[Tt\s])?(\d\d:\d\d)(?::(\d\d)(\.\d+)?)?(Z|[+-]\d\d(?::?\d\d)?)?$/i;

export function zonedTimeOf(value: unknown): ZonedTime | null {
  const found = typeof value === 'string' ? TEXT.exec(value) : null;
  if (!found) return null;
  const [, day, minutes, seconds = '00', fraction = '', zone] = found;
  return { day: day ?? null, clock: `${minutes}:${seconds}`, fraction, zone: zone ?? null };
}

/** The text that a browser's date or time box takes: to the second where there are seconds. */
export function boxTextOf(time: ZonedTime | null, kind: BoxKind): string {
  if (!time || (time.day === null) !== (kind === 'time')) return '';
  const clock = time.clock.endsWith(':00') ? time.clock.slice(0, 5) : time.clock;
  return time.day === null ? clock : `${time.day}T${clock}`;
}

const two = (value: number) => String(value).padStart(2, '0');

function asZone(minutesEast: number): string {
  const minutes = Math.abs(Math.round(minutesEast));
  if (minutes === 0) return 'Z';
  return `${minutesEast < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** The browser's own zone at a local time; a time of day alone is today's. Null for no real time. */
export function localZone({ day, clock }: ZonedTime): string | null {
  const today = new Date();
  const date = day ?? `${today.getFullYear()}-${two(today.getMonth() + 1)}-${two(today.getDate())}`;
  const at = new Date(`${date}T${clock}`);
  // A clock that is put forward leaves out an hour, which a date moves out of.
  if (Number.isNaN(at.getTime()) || at.getHours() !== Number(clock.slice(0, 2))) return null;
  return asZone(-at.getTimezoneOffset());
}

export function textOfTime({ day, clock, fraction, zone }: ZonedTime): string {
  return `${day === null ? '' : `${day}T`}${clock}${fraction}${zone ?? ''}`;
}

/** Whether a zone is just what the browser's own clock has at that time. */
export function isLocalZone(time: ZonedTime): boolean {
  const local = localZone(time);
  return local !== null && time.zone !== null && zoneWords(local) === zoneWords(time.zone);
}

/** A zone as the page says it. */
export function zoneWords(zone: string): string {
  const digits = zone.replaceAll(/[^0-9]/g, '').padEnd(4, '0');
  if (Number(digits) === 0) return 'UTC';
  return `UTC${zone[0]}${digits.slice(0, 2)}:${digits.slice(2)}`;
}

const NEEDS_ZONE: Record<string, true> = { 'date-time': true, time: true };

/** A text without a zone, where the format asks for one, read as local time; others unchanged. */
export function withLocalZone(value: unknown, format: unknown): unknown {
  const time = zonedTimeOf(value);
  if (!time || time.zone !== null || NEEDS_ZONE[String(format)] !== true) return value;
  if ((time.day === null) !== (format === 'time')) return value;
  const zone = localZone(time);
  return zone === null ? value : textOfTime({ ...time, zone });
}

/** Marks a schema whose default came without a zone. */
export const ZONELESS_DEFAULT = 'x-zoneless-default';

const VALUES = new Set(['default', 'enum', 'const', 'examples']);

/**
 * A schema whose default dates and times have zones: those given without one are read as the
 * worker's own, and marked so that their boxes can say it.
 */
export function withZonedDefaults<T>(schema: T): T {
  if (Array.isArray(schema)) return schema.map((part: unknown) => withZonedDefaults(part)) as T;
  if (typeof schema !== 'object' || schema === null) return schema;
  const entries = Object.entries(schema).map(([key, part]: [string, unknown]) => [
    key,
    VALUES.has(key) ? part : withZonedDefaults(part),
  ]);
  const next = Object.fromEntries(entries) as Record<string, unknown>;
  const zoned = withLocalZone(next.default, next.format);
  if (zoned === next.default) return next as T;
  return { ...next, default: zoned, [ZONELESS_DEFAULT]: true } as T;
}
