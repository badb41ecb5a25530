const units: Record<string, number> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** Milliseconds of a duration such as `10s`, `1.5h`, `1d12h` or `2w`; undefined for anything else. */
export function parseDuration(text: string): number | undefined {
  const trimmed = text.trim();
  if (!/^(?:\d+(?:\.\d+)?(?:ms|s|m|h|d|w))+$/.test(trimmed)) return undefined;
  let total = 0;
  for (const [, amount, unit] of trimmed.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d|w)/g)) {
    total += Number(amount) * (units[unit ?? ''] ?? 0);
  }
  return total;
}

/**
 * The instant given by a duration or an RFC 3339 date, not before `nowMs`; undefined if the text is
 * neither. An empty text means now, since the SDK sends it for a duration it could not parse; so
 * does a negative duration.
 */
export function parseInstant(text: string, nowMs: number): number | undefined {
  if (text === '') return nowMs;
  const duration = parseDuration(text.replace(/^\s*-/, ''));
  if (duration !== undefined) return /^\s*-/.test(text) ? nowMs : nowMs + duration;
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})/.exec(text) ?? [];
  if (day === undefined) return undefined;
  // Date would roll a nonexistent day over into the next month.
  if (Number(day) > new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate())
    return undefined;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(date, nowMs);
}
