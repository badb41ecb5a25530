import { type ZodObject, z } from 'zod';
import type { FieldFault } from '@/server/platform/errors';
import { textFault } from '@/server/platform/storable';

function unwrapped(schema: unknown): unknown {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodNullable
  ) {
    return unwrapped(schema.unwrap());
  }
  return schema;
}

function isList(schema: unknown): boolean {
  return unwrapped(schema) instanceof z.ZodArray;
}

const BRACKETS = /^([^[\]]+)\[([^[\]]+)\]$/;

/** Collects the values of a query string by name. */
class Gathered {
  readonly values = new Map<string, unknown>();
  readonly faults: FieldFault[] = [];

  constructor(private readonly schema: ZodObject | undefined) {}

  add(name: string, value: string): void {
    const nested = BRACKETS.exec(name);
    const unstorable = textFault(name) ?? textFault(value);
    if (unstorable) this.fault(name.replaceAll('\0', '\\u0000'), unstorable);
    // As a property it would disappear silently.
    else if (name === '__proto__' || nested?.[2] === '__proto__') this.fault(name, 'is not a name');
    else if (value === '') this.fault(name, 'must not be empty');
    else if (nested?.[1] && nested[2]) this.addToGroup(nested[1], nested[2], value);
    else if (isList(this.schema?.shape[name])) this.addToList(name, value);
    else if (this.values.has(name)) this.fault(name, 'is given more than once');
    else this.values.set(name, value);
  }

  private addToGroup(group: string, key: string, value: string): void {
    const known = this.values.get(group);
    const entries = known instanceof Map ? known : new Map<string, string>();
    if (entries.has(key)) this.fault(`${group}[${key}]`, 'is given more than once');
    this.values.set(group, entries.set(key, value));
  }

  private addToList(name: string, value: string): void {
    const list = this.values.get(name);
    this.values.set(name, Array.isArray(list) ? [...list, value] : [value]);
  }

  private fault(param: string, what: string): void {
    this.faults.push({ param, code: 'invalid_field', message: `${param} ${what}.` });
  }
}

/**
 * Parses a query string to the shape of its schema, with string values: `metadata[k]=v` becomes
 * `{metadata: {k: v}}`, and a repeated name becomes a list if the schema expects one (as does
 * `status[]=`). Values are validated by the schema afterwards.
 */
export function parseQuery(
  search: URLSearchParams,
  schema: ZodObject | undefined,
): { input: Record<string, unknown>; faults: FieldFault[] } {
  const gathered = new Gathered(schema);
  for (const [name, value] of search) gathered.add(name.replace(/\[\]$/, ''), value);
  const plain = (value: unknown) => (value instanceof Map ? Object.fromEntries(value) : value);
  return {
    input: Object.fromEntries([...gathered.values].map(([name, value]) => [name, plain(value)])),
    faults: gathered.faults,
  };
}
