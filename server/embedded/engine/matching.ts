/** Finds a waiting expression without evaluating it for every event. */
export interface MatchIndex {
  /** Path in the arriving event, such as `data.id`; empty if the expression must be evaluated. */
  matchPath: string;
  /** JSON of the scalar required at that path. */
  matchValue: string;
}

const sides = /^\s*(event|async)\.([A-Za-z0-9_.]+)\s*==\s*(event|async)\.([A-Za-z0-9_.]+)\s*$/;
const unindexed: MatchIndex = { matchPath: '', matchValue: '' };

/**
 * Parses `event.x == async.y` (in either order) as an index entry for a run started by `event`; ten
 * thousand runs waiting for the same event name then cost one lookup, not ten thousand evaluations.
 * Anything else, and any non-scalar, is left to evaluation.
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

/** The `matchValue` of an event at a path; undefined if it is not a scalar. */
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
