import { fullFormats } from 'ajv-formats/dist/formats.js';
import { formatCharsMax, textCheck } from '@/server/platform/json-schema/policy';
import { isPattern } from './patterns';

const definitions = fullFormats as Record<string, unknown>;

interface NumberFormat {
  type: 'number';
  validate: (value: number) => boolean;
}

/** Whether a text is of a format, by the server's own definitions; unknown formats check nothing. */
export function isOfFormat(format: string, value: unknown): boolean {
  const definition = Object.hasOwn(definitions, format) ? definitions[format] : undefined;
  if (definition === undefined || definition === true) return true;
  const ofNumbers = (definition as Partial<NumberFormat>).type === 'number';
  if (ofNumbers) {
    const { validate } = definition as NumberFormat;
    return typeof value !== 'number' || typeof validate !== 'function' || validate(value);
  }
  if (typeof value !== 'string') return true;
  if (format === 'regex') return isPattern(value);
  return value.length <= formatCharsMax(format) && (textCheck(definition)?.(value) ?? true);
}

const FORMAT_WORDS: Record<string, string> = {
  date: 'Give a date, such as 2026-03-31.',
  time: 'Give a time with its zone, such as 14:30:00Z.',
  'date-time': 'Give a date and a time.',
  email: 'Give an e-mail address, such as ada@example.com.',
  'idn-email': 'Give an e-mail address, such as ada@example.com.',
  uri: 'Give a whole web address, such as https://example.com.',
  url: 'Give a whole web address, such as https://example.com.',
  uuid: 'Give a UUID, such as 1b4e28ba-2fa1-41d2-883f-0016d3cca427.',
  ipv4: 'Give an IPv4 address, such as 192.0.2.1.',
  ipv6: 'Give an IPv6 address, such as 2001:db8::1.',
  hostname: 'Give a host name, such as example.com.',
  duration: 'Give a duration, such as P1DT2H.',
  regex: 'Give a regular expression.',
};

/** What to do about a text that is not of a format. */
export function formatWords(format: string): string {
  return FORMAT_WORDS[format] ?? `Write it as ${format}.`;
}
