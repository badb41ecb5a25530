import type { Params, Route } from './route';

/** A path with parameters in braces, such as `/v1/tasks/{id}`, and what answers there. */
export interface PathEntry {
  /** `/**` at its end stands for the path itself and everything below that has no entry of its own. */
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
 * Finds a path's entry. What a path names stands before its parameters, one more slash at the end makes
 * no difference, and values are decoded.
 * @throws Error at start where two entries have one path, or name one parameter differently.
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

/** Null where the escapes are not UTF-8: then no path is meant that we know. */
function decoded(segment: string): string | null {
  if (!segment.includes('%')) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}
