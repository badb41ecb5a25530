/** The API's types, free of any language. Names of fields are the wire's; names of types are the SDKs'. */

export type TextFormat = 'date-time' | 'date' | 'uuid' | 'uri';

export type Type =
  | { kind: 'string'; format?: TextFormat }
  | { kind: 'integer' | 'number' | 'boolean' }
  /** Among the types of a union only; a field that may be null says so itself. */
  | { kind: 'null' }
  /** Any JSON value at all. */
  | { kind: 'json' }
  | { kind: 'const'; value: string | boolean }
  | { kind: 'array'; items: Type }
  | { kind: 'map'; values: Type }
  /** One of several types that are not all named objects, such as a text or a number. */
  | { kind: 'union'; of: Type[] }
  /** A definition, by its name. */
  | { kind: 'ref'; name: string };

export interface Field {
  /** As the wire spells it. */
  name: string;
  type: Type;
  nullable: boolean;
  /** Whether it is always there. */
  required: boolean;
  description?: string;
  /** Whether the type's zero (empty text, 0, false) is a value of it, other than leaving it out. */
  allowsZero: boolean;
}

interface Named {
  name: string;
  description?: string;
  /** Whether it is part of what is sent, and of what is answered; it can be both. */
  sent: boolean;
  answered: boolean;
}

export interface ObjectDefinition extends Named {
  kind: 'object';
  /** Whether it is a whole body: languages end its name in `Request`, `Params` or their like. */
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

  /** @throws Error where there is none of that name. */
  get(name: string): Definition {
    const found = this.byName.get(name);
    if (!found) throw new Error(`There is no type ${name}.`);
    return found;
  }
}
