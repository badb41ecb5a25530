import superjson from 'superjson';

/**
 * Serialization between pages and server with superjson, which preserves dates and the like.
 * Untrusted payloads and schemas may have fields named `constructor` or `__proto__`, which
 * superjson rejects, so they are renamed. Browser-safe.
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

/** Renames fields; `fromEntries` defines even `__proto__` as an own property. */
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
