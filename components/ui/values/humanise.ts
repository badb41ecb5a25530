const ACRONYMS = new Set('ai api csv html id json nsfw pdf qa sla ui url vat'.split(' '));

/** A name as people write it: `ai_generated` → `AI generated`, `isGenuine` → `Is genuine`. */
export function humanise(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .split(/[\s_.-]+/)
    .filter(Boolean)
    .map((word) => (ACRONYMS.has(word.toLowerCase()) ? word.toUpperCase() : word.toLowerCase()));
  const [first = name, ...rest] = words;
  return [first.charAt(0).toUpperCase() + first.slice(1), ...rest].join(' ');
}

const SATS = new Intl.NumberFormat('en-US');

/** `12500` → `12,500 sats`. */
export function sats(amount: number | bigint): string {
  return `${SATS.format(amount)} ${amount === 1 || amount === 1n ? 'sat' : 'sats'}`;
}

/** Seconds as the two largest units that matter: `75` → `1 min 15 s`, `7300` → `2 h 1 min`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3_600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  if (whole < 86_400)
    return `${Math.floor(whole / 3_600)} h ${Math.floor((whole % 3_600) / 60)} min`;
  return `${Math.floor(whole / 86_400)} d ${Math.floor((whole % 86_400) / 3_600)} h`;
}

/** Seconds as a clock shows them: `75` → `1:15`, `7300` → `2:01:40`. */
export function clockText(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  const two = (value: number) => String(value).padStart(2, '0');
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes}:${two(whole % 60)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(whole % 60)}`;
}

/** How long ago, in one unit: `just now`, `4 min ago`, `3 d ago`. */
export function ago(then: Date, nowMs: number): string {
  const seconds = Math.max(0, (nowMs - then.getTime()) / 1000);
  if (seconds < 5) return 'just now';
  if (seconds < 60) return `${Math.floor(seconds)} s ago`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3_600)} h ago`;
  return `${Math.floor(seconds / 86_400)} d ago`;
}
