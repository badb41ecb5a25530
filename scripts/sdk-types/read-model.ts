import { isDeepStrictEqual } from 'node:util';
import { type Definition, type Field, Model, type TextFormat, type Type } from './model';
import { LEFT_OUT, OBJECTS, REQUESTS } from './names';
import { pascalCase } from './words';

/** The parts of JSON Schema that the document uses. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  title?: string;
  description?: string;
  format?: string;
  enum?: string[];
  const?: string | boolean;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  additionalProperties?: Schema | boolean;
  anyOf?: Schema[];
  oneOf?: Schema[];
  minimum?: number;
  exclusiveMinimum?: number;
  minLength?: number;
}

interface Names {
  requests: Readonly<Record<string, string>>;
  objects: Readonly<Record<string, string>>;
  leftOut: ReadonlySet<string>;
}

/** A schema's context: used in requests or responses, and its name if it has no `title`. */
interface Place {
  io: 'sent' | 'answered';
  name: string;
}

const FORMATS: ReadonlySet<string> = new Set(['date-time', 'date', 'uuid', 'uri']);
const REF = '#/components/schemas/';

/**
 * Reads the model of the document's components. Inline objects, enums and unions of objects become
 * definitions too: named by their `title`, else by their parent and field.
 * @throws Error if a component is neither named nor left out, or two types share a name.
 */
export function readModel(
  components: Readonly<Record<string, Schema>>,
  names: Names = { requests: REQUESTS, objects: OBJECTS, leftOut: LEFT_OUT },
): Model {
  return new Reader(names).read(components);
}

class Reader {
  private readonly definitions = new Map<string, Definition>();
  /** Each definition's descriptions with their number of uses. */
  private readonly descriptions = new Map<string, Map<string, number>>();

  constructor(private readonly names: Names) {}

  read(components: Readonly<Record<string, Schema>>): Model {
    const { requests, objects, leftOut } = this.names;
    for (const [component, schema] of Object.entries(components)) {
      if (leftOut.has(component)) continue;
      const io = component.endsWith('Input') ? 'sent' : 'answered';
      const request = component in requests;
      const name = requests[component] ?? objects[component];
      if (!name) {
        throw new Error(
          `The component ${component} has no name in the SDKs; give it one in scripts/sdk-types/names.ts, or leave it out there.`,
        );
      }
      this.object(schema, { io, name }, request);
    }
    const sorted = [...this.definitions.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
    for (const definition of sorted) this.describe(definition);
    for (const definition of sorted) this.dropRepeats(definition);
    return new Model(sorted);
  }

  private type(schema: Schema, place: Place): { type: Type; nullable: boolean } {
    const choices = schema.anyOf ?? schema.oneOf;
    if (choices) return this.choice(schema, choices, place);
    const types = [schema.type ?? []].flat();
    const nullable = types.includes('null');
    const [only] = types.filter((type) => type !== 'null');
    return { type: this.plain({ ...schema, type: only }, place), nullable };
  }

  private plain(schema: Omit<Schema, 'type'> & { type?: string }, place: Place): Type {
    if (schema.$ref) return { kind: 'ref', name: this.refName(schema.$ref) };
    if (schema.const !== undefined) return { kind: 'const', value: schema.const };
    if (schema.enum) return this.enumeration(schema, schema.enum, place);
    switch (schema.type) {
      case undefined:
        return { kind: 'json' };
      case 'string':
        return FORMATS.has(schema.format ?? '')
          ? { kind: 'string', format: schema.format as TextFormat }
          : { kind: 'string' };
      case 'integer':
      case 'number':
      case 'boolean':
        return { kind: schema.type };
      case 'array':
        return { kind: 'array', items: this.whole(schema.items ?? {}, place) };
      case 'object':
        if (schema.properties) return this.object(schema, place, false);
        return { kind: 'map', values: this.whole(valuesOf(schema), place) };
      default:
        throw new Error(`${place.name} is of type ${schema.type}, which the SDKs do not know.`);
    }
  }

  /** A type inside a list or map, where null is one of its values. */
  private whole(schema: Schema, place: Place): Type {
    const { type, nullable } = this.type(schema, place);
    if (!nullable) return type;
    return { kind: 'union', of: [...(type.kind === 'union' ? type.of : [type]), { kind: 'null' }] };
  }

  private choice(schema: Schema, choices: Schema[], place: Place) {
    const real = choices.filter(({ type }) => type !== 'null');
    const nullable = real.length < choices.length;
    const [only] = real;
    if (only && real.length === 1) return { type: this.type(only, place).type, nullable };
    const of = real.map((choice) => this.type(choice, place).type);
    const variants = of.flatMap((type) => (type.kind === 'ref' ? [type.name] : []));
    const allObjects = real.every(({ $ref, properties }) => $ref ?? properties);
    if (!allObjects) return { type: { kind: 'union' as const, of }, nullable };
    const name = schema.title ?? place.name;
    this.define({ kind: 'union', name, variants, ...flags(place) }, schema.description);
    return { type: { kind: 'ref' as const, name }, nullable };
  }

  private enumeration(schema: Schema, values: string[], place: Place): Type {
    const name = schema.title ?? place.name;
    this.define({ kind: 'enum', name, values, ...flags(place) }, schema.description);
    return { kind: 'ref', name };
  }

  private object(schema: Schema, place: Place, request: boolean): Type {
    const name = schema.title ?? place.name;
    const required = new Set(schema.required);
    const fields = Object.entries(schema.properties ?? {}).map(([field, inner]): Field => {
      const inside = { ...place, name: `${name}${pascalCase(field)}` };
      const { type, nullable } = this.type(inner, inside);
      return {
        name: field,
        type,
        nullable,
        required: required.has(field),
        ...(inner.description === undefined ? {} : { description: inner.description }),
        allowsZero: allowsZero(inner),
      };
    });
    this.define({ kind: 'object', name, request, fields, ...flags(place) }, schema.description);
    return { kind: 'ref', name };
  }

  private refName(ref: string): string {
    const component = ref.slice(REF.length);
    const name = this.names.requests[component] ?? this.names.objects[component];
    if (!name) throw new Error(`${component} is referred to, but has no name in the SDKs.`);
    return name;
  }

  private define(definition: Definition, description: string | undefined): void {
    const { name } = definition;
    const counts = this.descriptions.get(name) ?? new Map<string, number>();
    if (description) counts.set(description, (counts.get(description) ?? 0) + 1);
    this.descriptions.set(name, counts);
    const known = this.definitions.get(name);
    if (!known) {
      this.definitions.set(name, definition);
      return;
    }
    if (!isDeepStrictEqual(shapeOf(known), shapeOf(definition))) {
      throw new Error(`Two different types are called ${name}; give one another \`title\`.`);
    }
    known.sent ||= definition.sent;
    known.answered ||= definition.answered;
  }

  /** A field's description may be more specific than its type's; the most frequent one becomes the type's. */
  private describe(definition: Definition): void {
    const counts = [...(this.descriptions.get(definition.name) ?? [])];
    const [most] = counts.toSorted(([, a], [, b]) => b - a);
    if (most) definition.description = most[0];
  }

  /** Removes descriptions of fields that repeat their type's. */
  private dropRepeats(definition: Definition): void {
    if (definition.kind !== 'object') return;
    for (const field of definition.fields) {
      if (field.type.kind !== 'ref') continue;
      const { description } = this.definitions.get(field.type.name) ?? {};
      if (field.description === description) delete field.description;
    }
  }
}

function flags({ io }: Place) {
  return { sent: io === 'sent', answered: io === 'answered' };
}

function valuesOf({ additionalProperties }: Schema): Schema {
  return typeof additionalProperties === 'object' ? additionalProperties : {};
}

function allowsZero(schema: Schema): boolean {
  const choices = schema.anyOf?.filter(({ type }) => type !== 'null');
  if (choices?.length === 1) return allowsZero(choices[0] as Schema);
  const { type: types, minimum, exclusiveMinimum, minLength, format, enum: values } = schema;
  const [type] = [types ?? []].flat().filter((one) => one !== 'null');
  if (type === 'integer' || type === 'number') {
    return (minimum ?? 0) <= 0 && (exclusiveMinimum ?? -1) < 0;
  }
  if (type === 'string') return (minLength ?? 0) === 0 && format === undefined && !values;
  return type === 'boolean';
}

/** What makes two definitions equal; excludes descriptions. */
function shapeOf(definition: Definition): unknown {
  const { kind, name } = definition;
  if (kind === 'enum') return { kind, name, values: definition.values };
  if (kind === 'union') return { kind, name, variants: definition.variants };
  const fields = definition.fields.map(({ description: _, ...field }) => field);
  return { kind, name, request: definition.request, fields };
}
