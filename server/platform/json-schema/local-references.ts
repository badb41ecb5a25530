import { isJsonObject, type JsonSchema } from './json';
import { subschemas } from './keywords';
import { anchorsOf } from './references';

/** The base URI of a schema without one, for resolving relative names. */
const NO_ADDRESS = 'json-schema:///';

/** A schema with its own `$id`, to which its references are relative. */
interface Resource {
  address: string;
  pointer: string;
  /** Pointers by anchor. */
  anchors: Map<string, string>;
}

function resolveAddress(name: string, base: string): string | null {
  return URL.canParse(name, base) ? new URL(name, base).href.replace(/#$/, '') : null;
}

/** A name such as `Node` or a URL; `#name` is how drafts before 2019-09 write an anchor. */
function nameOf(schema: JsonSchema): string | null {
  return typeof schema.$id === 'string' && !schema.$id.startsWith('#') ? schema.$id : null;
}

function resourcesOf(root: JsonSchema): Resource[] {
  const found: Resource[] = [];
  const walk = (schema: unknown, pointer: string, outer: Resource) => {
    if (!isJsonObject(schema)) return;
    const name = nameOf(schema);
    const address = name === null ? null : resolveAddress(name, outer.address);
    let own = outer;
    if (pointer !== '' && address !== null) {
      own = { address, pointer, anchors: new Map() };
      found.push(own);
    }
    for (const anchor of anchorsOf(schema)) own.anchors.set(anchor, pointer);
    for (const part of subschemas(schema)) walk(part.schema, pointer + part.step, own);
  };
  const address = resolveAddress(nameOf(root) ?? '', NO_ADDRESS) ?? NO_ADDRESS;
  const whole = { address, pointer: '', anchors: new Map<string, string>() };
  found.push(whole);
  walk(root, '', whole);
  return found;
}

/** Rewrites a reference relative to the root; unchanged if nothing in the schema has that name. */
function fromRoot(
  target: string,
  base: Resource,
  byAddress: ReadonlyMap<string, Resource>,
): string {
  const [name = '', fragment = ''] = target.split('#', 2);
  const resource = name === '' ? base : byAddress.get(resolveAddress(name, base.address) ?? '');
  if (resource === undefined) return target;
  if (fragment === '' || fragment.startsWith('/')) return asFragment(resource.pointer) + fragment;
  const place = resource.anchors.get(fragment);
  return place === undefined ? target : asFragment(place);
}

function asFragment(pointer: string): string {
  return `#${encodeURI(pointer).replaceAll('#', '%23')}`;
}

/**
 * Rewrites every reference relative to the root. Parts with their own `$id` (such as TypeBox's
 * recursive types, or bundled schemas) lose it: `$ref: "Node"` becomes `$ref: "#/$defs/Node"`.
 * External references are unchanged.
 */
export function withLocalReferences(root: JsonSchema): JsonSchema {
  if (!JSON.stringify(root).includes('"$id"')) return root;
  const resources = resourcesOf(root);
  const byPointer = new Map(resources.map((each) => [each.pointer, each]));
  const byAddress = new Map(resources.map((each) => [each.address, each]));
  const rewrite = (schema: unknown, pointer: string, outer: Resource): unknown => {
    if (!isJsonObject(schema)) return schema;
    const own = byPointer.get(pointer) ?? outer;
    const next: JsonSchema = { ...schema };
    if (pointer !== '' && own.pointer === pointer) delete next.$id;
    if (typeof next.$ref === 'string') next.$ref = fromRoot(next.$ref, own, byAddress);
    for (const keyword of ['$dynamicRef', '$recursiveRef']) {
      const target = next[keyword];
      if (typeof target === 'string' && !target.startsWith('#')) {
        next[keyword] = fromRoot(target, own, byAddress);
      }
    }
    for (const part of subschemas(schema)) {
      const made = rewrite(part.schema, pointer + part.step, own);
      if (part.key === undefined) next[part.keyword] = made;
      else replaceEntry(next, schema, part.keyword, part.key, made);
    }
    return next;
  };
  return rewrite(root, '', byPointer.get('') as Resource) as JsonSchema;
}

/** Copies a map or list of subschemas on its first change. */
function replaceEntry(
  next: JsonSchema,
  from: JsonSchema,
  keyword: string,
  key: string,
  made: unknown,
): void {
  const holder = from[keyword];
  if (next[keyword] === holder) {
    next[keyword] = Array.isArray(holder) ? [...holder] : { ...(holder as JsonSchema) };
  }
  // `defineProperty` defines even `__proto__` as an own property.
  Object.defineProperty(next[keyword], key, {
    value: made,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}
