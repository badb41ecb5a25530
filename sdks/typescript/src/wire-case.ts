/**
 * Between this package's camelCase and the API's snake_case. What you or your workers wrote passes
 * untouched: a key inside a payload, an output or a schema is data, not a field of ours.
 */
const untouched: ReadonlySet<string> = new Set([
  'payload',
  'answers',
  'output',
  'output_schema',
  'expected_output',
  'metadata',
  'answer',
  'dissent',
  'details',
  'rules',
  'policy',
  'payload_ui',
  'by_type',
]);

/** `payoutSats` → `payout_sats`. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** `payout_sats` → `payoutSats`; `p50` and the like stay. */
export function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** Converts an input to the API's spelling. */
export function toWire(value: unknown): unknown {
  return mapKeys(value, snakeCase, untouched);
}

/** Converts a response to this package's spelling. `also` names more fields to leave unchanged. */
export function fromWire<T>(value: unknown, also: readonly string[] = []): T {
  const opaque = also.length > 0 ? new Set([...untouched, ...also]) : untouched;
  return mapKeys(value, camelCase, opaque) as T;
}

function mapKeys(
  value: unknown,
  rename: (name: string) => string,
  opaque: ReadonlySet<string>,
): unknown {
  if (Array.isArray(value)) return value.map((item) => mapKeys(item, rename, opaque));
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      rename(key),
      opaque.has(snakeCase(key)) ? inner : mapKeys(inner, rename, opaque),
    ]),
  );
}
