import { InvalidRequest } from '@/server/platform/errors';
import { wire } from './wire';

/** What pages send besides JSON. Other superjson types are never valid inputs. */
const TYPES = new Set<unknown>(['undefined', 'Date', 'number']);

class UnreadableInput extends InvalidRequest {
  constructor(reason: string) {
    super(`The input is not readable: ${reason}.`, { code: 'malformed_input' });
  }
}

/**
 * Parses an input in superjson's format. References between its parts are ignored: superjson writes
 * every part in full, and references could form a cycle.
 * @throws UnreadableInput 400
 */
export function readWire(envelope: unknown): unknown {
  if (!isObject(envelope) || !('json' in envelope)) {
    throw new UnreadableInput('it must be an object with the field "json"');
  }
  const { json, meta } = envelope;
  const renamed = envelope.renamed === true ? ({ renamed: true } as const) : {};
  if (meta === undefined) return wire.deserialize({ json, ...renamed });
  if (!isObject(meta)) throw new UnreadableInput('"meta" must be an object');
  assertNoRing(meta.referentialEqualities);
  assertKnownTypes(meta.values);
  const { v, values } = meta;
  try {
    return wire.deserialize({ json, meta: { v, values }, ...renamed });
  } catch {
    throw new UnreadableInput('"meta" does not fit "json"');
  }
}

/** superjson writes a cyclic value as null, so ignoring its reference would change the value. */
function assertNoRing(links: unknown): void {
  if (links === undefined) return;
  const byOrigin = Array.isArray(links) ? links[1] : links;
  const isRing = Object.entries(isObject(byOrigin) ? byOrigin : {}).some(
    ([origin, places]) =>
      !Array.isArray(places) || places.some((place) => `${place}`.startsWith(`${origin}.`)),
  );
  // The first of a pair lists references to the whole input itself.
  if (isRing || Array.isArray(links)) throw new UnreadableInput('it contains itself');
}

function assertKnownTypes(tree: unknown): void {
  const [type, children] = Array.isArray(tree) ? tree : [undefined, tree];
  if (Array.isArray(tree) && !TYPES.has(type)) {
    throw new UnreadableInput(`it holds a value of the type ${JSON.stringify(type)}`);
  }
  for (const child of Object.values(isObject(children) ? children : {})) assertKnownTypes(child);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
