/** Fields in whole seconds: measured times differ by rounding. */
const seconds = new Set(['gap_s_approx', 'secs', 'secondSecs', 'secsFromFirst', 'gapsRounded']);
/** Every value of these scenarios is a time in seconds. */
const timedScenarios = new Set(['sleeps']);

/**
 * Compares a scenario's observation with the real server's. Allowed differences: the wording of
 * errors, metadata in invoked events, times below a second, and fields that start with `_`.
 * @returns the differences, one line each; none means equal.
 */
export function differences(scenario: string, wanted: unknown, observed: unknown): string[] {
  return compare(normalize(scenario, wanted), normalize(scenario, observed), scenario, '');
}

function compare(wanted: unknown, observed: unknown, scenario: string, path: string): string[] {
  if (isRecord(wanted) && isRecord(observed)) {
    const keys = new Set([...Object.keys(wanted), ...Object.keys(observed)]);
    return [...keys]
      .filter((key) => !key.startsWith('_') || path.endsWith('data'))
      .flatMap((key) =>
        compare(wanted[key], observed[key], scenario, path ? `${path}.${key}` : key),
      );
  }
  if (isTime(scenario, path) && closeEnough(wanted, observed)) return [];
  const [a, b] = [JSON.stringify(wanted), JSON.stringify(observed)];
  return a === b ? [] : [`${path || 'value'}: the real server ${a}, here ${b}`];
}

function isTime(scenario: string, path: string): boolean {
  return timedScenarios.has(scenario) || seconds.has(path.split('.').at(-1) ?? '');
}

/** Equal within one second, number by number. */
function closeEnough(wanted: unknown, observed: unknown): boolean {
  const [a, b] = [wanted, observed].map((value) => String(value).split(',').map(Number));
  if (!a || !b || a.length !== b.length) return false;
  return a.every((value, index) => Math.abs(value - (b[index] ?? Number.NaN)) <= 1);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Removes what may legitimately differ between two servers. */
function normalize(scenario: string, value: unknown): unknown {
  if (!isRecord(value)) return value;
  const copy = structuredClone(value);
  switch (scenario) {
    case 'wait-match':
      // Two events match at the same time; either may be the first.
      if (isRecord(copy.w) && isRecord(copy.w.data)) delete copy.w.data.second;
      break;
    case 'invoke':
      // Which child ran first, and its event's metadata.
      if (isRecord(copy.childEvent)) {
        copy.childEvent.keys = String(copy.childEvent.keys).startsWith('_inngest');
        copy.childEvent.ing = typeof copy.childEvent.ing === 'string';
      }
      break;
    case 'event-api-errors':
      for (const [key, text] of Object.entries(copy)) {
        copy[key] = String(text).replace(/"error":.*/s, '"error"');
      }
      break;
    case 'cron-every-minute':
      return JSON.parse(
        JSON.stringify(copy).replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:00Z/g, '<minute>'),
      ) as unknown;
    default:
  }
  return copy;
}
