import type { Params, Route } from './route';

/** A path with parameters in braces, such as `/v1/tasks/{id}`, and its handler. */
export interface PathEntry {
  /** A trailing `/**` matches the path itself and everything below without an own entry. */
  path: string;
  route: Route;
}

export interface Found {
  route: Route;
  params: Params;
}

interface Node {
  named: Map<string, Node>;
  parameter: { name: string; node: Node } | null;
  route: Route | null;
  /** For everything below without an entry. */
  rest: Route | null;
}

const newNode = (): Node => ({ named: new Map(), parameter: null, route: null, rest: null });

/**
 * Matches paths to entries. Literal segments take precedence over parameters, a trailing slash is
 * ignored, and values are decoded.
 * @throws Error at start if two entries have the same path, or name a parameter differently.
 */
export function pathTable(entries: readonly PathEntry[]): (pathname: string) => Found | null {
  const root = newNode();
  for (const { path, route } of entries) {
    const isRest = path.endsWith('/**');
    const node = nodeOf(root, isRest ? path.slice(0, -3) : path);
    const slot = isRest ? 'rest' : 'route';
    if (node[slot]) throw new Error(`${path} has two entries.`);
    node[slot] = route;
  }
  return (pathname) => {
    const length = pathname.endsWith('/') ? pathname.length - 1 : pathname.length;
    const segments = pathname.slice(1, length).split('/');
    const values: [string, string][] = [];
    const route = find(root, segments, 0, values);
    return route && { route, params: Object.fromEntries(values) };
  };
}

function nodeOf(root: Node, path: string): Node {
  let node = root;
  for (const segment of path.slice(1).split('/')) {
    const name = /^\{(\w+)\}$/.exec(segment)?.[1];
    if (name === undefined) {
      const known = node.named.get(segment) ?? newNode();
      node.named.set(segment, known);
      node = known;
    } else {
      node.parameter ??= { name, node: newNode() };
      if (node.parameter.name !== name) {
        throw new Error(`${path}: {${name}} is {${node.parameter.name}} in another path.`);
      }
      node = node.parameter.node;
    }
  }
  return node;
}

function find(
  node: Node,
  segments: readonly string[],
  at: number,
  values: [string, string][],
): Route | null {
  const segment = segments[at];
  if (segment === undefined) return node.route ?? node.rest;
  const named = node.named.get(segment);
  const byName = named ? find(named, segments, at + 1, values) : null;
  if (byName) return byName;
  const { parameter } = node;
  const value = parameter && segment !== '' ? decoded(segment) : null;
  if (parameter && value !== null) {
    values.push([parameter.name, value]);
    const byParameter = find(parameter.node, segments, at + 1, values);
    if (byParameter) return byParameter;
    values.pop();
  }
  return node.rest;
}

/** Null if the escapes are not valid UTF-8, which matches no known path. */
function decoded(segment: string): string | null {
  if (!segment.includes('%')) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}
