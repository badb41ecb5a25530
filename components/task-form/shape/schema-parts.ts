/** A normalised JSON Schema; see the server's `normaliseSchema`. */
export type Schema = Record<string, unknown>;

export const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** Own properties only: a schema may describe a field called `constructor`. */
export function ownOf(holder: unknown, name: string): unknown {
  return isSchema(holder) && Object.hasOwn(holder, name) ? holder[name] : undefined;
}

/** The types of a schema besides null. */
export function typesOf(schema: Schema): string[] {
  return [schema.type].flat().filter((type): type is string => type !== 'null' && !!type);
}

/** Whether null is a value of the schema. */
export function takesNull(schema: Schema): boolean {
  const choices = enumOf(schema);
  if (choices) return choices.includes(null);
  return [schema.type].flat().includes('null');
}

export function enumOf(schema: Schema): unknown[] | null {
  if (Array.isArray(schema.enum)) return schema.enum;
  return 'const' in schema ? [schema.const] : null;
}

/** The target of a local reference, or undefined if it leads nowhere. */
export function referenceTarget(root: Schema, reference: string): unknown {
  let at: unknown = root;
  for (const step of decodeURIComponent(reference).split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    at = Array.isArray(at) ? at[Number(key)] : ownOf(at, key);
  }
  return at;
}

/** Map entries without a usable name are kept in a draft under keys that begin with this. */
const UNNAMED_MARK = '\uE000';

/** The key of a map entry that has no name yet, or one that is taken: `typed` is what was typed. */
export function unnamedKey(number: number, typed: string): string {
  return `${UNNAMED_MARK}${number}:${typed}`;
}

/** What was typed as the name of such an entry; null for an entry with a usable name. */
export function typedNameOf(key: string): string | null {
  return key.startsWith(UNNAMED_MARK) ? key.slice(key.indexOf(':') + 1) : null;
}

/** A draft's value as JSON would carry it: without undefined properties and unnamed entries. */
export function plainValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => plainValue(each) ?? null);
  if (!isSchema(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, part]) => part !== undefined && typedNameOf(name) === null)
      .map(([name, part]) => [name, plainValue(part)]),
  );
}
