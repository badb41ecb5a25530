/** The API's types, independent of any language. Field names are the wire's; type names are the SDKs'. */

export type TextFormat = 'date-time' | 'date' | 'uuid' | 'uri';

export type Type =
  | { kind: 'string'; format?: TextFormat }
  | { kind: 'integer' | 'number' | 'boolean' }
  /** Only among the types of a union; a nullable field has its own flag. */
  | { kind: 'null' }
  /** Any JSON value. */
  | { kind: 'json' }
  | { kind: 'const'; value: string | boolean }
  | { kind: 'array'; items: Type }
  | { kind: 'map'; values: Type }
  /** One of several types that are not all named objects, such as a string or a number. */
  | { kind: 'union'; of: Type[] }
  /** A definition, by its name. */
  | { kind: 'ref'; name: string };

export interface Field {
  /** As the wire spells it. */
  name: string;
  type: Type;
  nullable: boolean;
  /** Whether it is always present. */
  required: boolean;
  description?: string;
  /** Whether the type's zero value (empty string, 0, false) is valid and differs from omitting it. */
  allowsZero: boolean;
}

interface Named {
  name: string;
  description?: string;
  /** Whether it is part of requests, and of responses; it can be both. */
  sent: boolean;
  answered: boolean;
}

export interface ObjectDefinition extends Named {
  kind: 'object';
  /** Whether it is a whole request body: languages end its name in `Request`, `Params` or similar. */
  request: boolean;
  fields: Field[];
}

export interface EnumDefinition extends Named {
  kind: 'enum';
  values: string[];
}

/** One of several objects, all named. */
export interface UnionDefinition extends Named {
  kind: 'union';
  variants: string[];
}

export type Definition = ObjectDefinition | EnumDefinition | UnionDefinition;

export class Model {
  private readonly byName: ReadonlyMap<string, Definition>;

  /** @param definitions by name. */
  constructor(readonly definitions: readonly Definition[]) {
    this.byName = new Map(definitions.map((definition) => [definition.name, definition]));
  }

  /** @throws Error if there is none with that name. */
  get(name: string): Definition {
    const found = this.byName.get(name);
    if (!found) throw new Error(`There is no type ${name}.`);
    return found;
  }
}
