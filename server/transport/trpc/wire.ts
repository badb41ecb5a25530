import superjson from 'superjson';

/**
 * How values travel between pages and server: superjson, which keeps dates and the like. Payloads
 * and schemas come from strangers and may have fields called `constructor` or `__proto__`; superjson
 * refuses those names, so they travel under another. Browser-safe.
 */
const REFUSED = /^~*(__proto__|constructor|prototype)$/;
const RENAMED = /^~+(__proto__|constructor|prototype)$/;

export interface Envelope {
  json: unknown;
  meta?: unknown;
  renamed?: true;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** The same value with other names; `fromEntries` defines even `__proto__` as a property of its own. */
function withNames(value: unknown, rename: (name: string) => string): unknown {
  if (Array.isArray(value)) return value.map((each) => withNames(each, rename));
  if (!isPlain(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [rename(name), withNames(each, rename)]),
  );
}

export const wire = {
  serialize(value: unknown): Envelope {
    try {
      return superjson.serialize(value);
    } catch {
      const renamed = withNames(value, (name) => (REFUSED.test(name) ? `~${name}` : name));
      return { ...superjson.serialize(renamed), renamed: true };
    }
  },
  deserialize<Value>(envelope: Envelope): Value {
    const value = superjson.deserialize(envelope as Parameters<typeof superjson.deserialize>[0]);
    if (!envelope.renamed) return value as Value;
    return withNames(value, (name) => (RENAMED.test(name) ? name.slice(1) : name)) as Value;
  },
};
