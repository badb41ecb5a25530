/** How a waiting expression is found without evaluating it for every event. */
export interface MatchIndex {
  /** Path in the arriving event, such as `data.id`; empty when the expression must be evaluated. */
  matchPath: string;
  /** JSON of the scalar that must stand there. */
  matchValue: string;
}

const sides = /^\s*(event|async)\.([A-Za-z0-9_.]+)\s*==\s*(event|async)\.([A-Za-z0-9_.]+)\s*$/;
const unindexed: MatchIndex = { matchPath: '', matchValue: '' };

/**
 * Reads `event.x == async.y` (either way round) as an index entry for a run started by `event`;
 * ten thousand runs that wait for the same event name then cost one lookup, not ten thousand
 * evaluations. Anything else, and anything but a scalar, is left to evaluation.
 */
export function matchIndex(source: string | null | undefined, event: unknown): MatchIndex {
  const match = sides.exec(source ?? '');
  if (!match) return unindexed;
  const [, firstRoot, firstPath = '', secondRoot, secondPath = ''] = match;
  if (firstRoot === secondRoot) return unindexed;
  const ownPath = firstRoot === 'event' ? firstPath : secondPath;
  const otherPath = firstRoot === 'event' ? secondPath : firstPath;
  const value = readPath(event, ownPath);
  if (!isScalar(value)) return unindexed;
  return { matchPath: otherPath, matchValue: toJson(value) };
}

/** The `matchValue` an event has at a path; undefined when no scalar stands there. */
export function matchValueAt(event: unknown, path: string): string | undefined {
  if (path === '') return '';
  const value = readPath(event, path);
  return isScalar(value) ? toJson(value) : undefined;
}

function toJson(value: string | number | boolean | null): string {
  return JSON.stringify(value);
}

function isScalar(value: unknown): value is string | number | boolean | null {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

function readPath(root: unknown, path: string): unknown {
  let value = root;
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return null;
    value = (value as Record<string, unknown>)[key];
  }
  return value ?? null;
}
