const CHARS_MAX = 90;

/** The first words of a payload. */
export function summaryOf(payload: Record<string, unknown>): string {
  const text = Object.values(payload)
    .map((value) => (typeof value === 'string' ? value : JSON.stringify(value)))
    .join(' · ');
  return text.length > CHARS_MAX ? `${text.slice(0, CHARS_MAX)}…` : text || 'An empty payload';
}
