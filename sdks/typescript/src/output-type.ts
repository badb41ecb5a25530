/** A JSON Schema, draft 2020-12 or 07. */
export type JsonSchema = { readonly [keyword: string]: unknown } | boolean;

/**
 * The type of the values that a literal JSON Schema allows, so that `task.output` is typed by the
 * schema you sent. It knows type, enum, const, properties, required, items, prefixItems, anyOf,
 * oneOf, allOf, additionalProperties and local $ref; what it does not know is `unknown`.
 * A schema that is no literal (read from a file, say) gives `unknown`.
 */
export type FromSchema<S> = string extends keyof S ? unknown : Resolve<S, S>;

type Resolve<S, Root> = S extends true
  ? unknown
  : S extends false
    ? never
    : S extends { readonly $ref: infer Ref }
      ? FromRef<Ref, Root>
      : S extends { readonly const: infer Value }
        ? Mutable<Value>
        : S extends { readonly enum: infer Values }
          ? Values extends readonly unknown[]
            ? Mutable<Values[number]>
            : unknown
          : S extends { readonly anyOf: infer Options }
            ? OneOf<Options, Root>
            : S extends { readonly oneOf: infer Options }
              ? OneOf<Options, Root>
              : S extends { readonly allOf: infer Parts }
                ? AllOf<Parts, Root> &
                    (S extends { readonly type: unknown } ? ByType<S, Root> : unknown)
                : ByType<S, Root>;

type OneOf<Options, Root> = Options extends readonly (infer Option)[]
  ? Option extends unknown
    ? Resolve<Option, Root>
    : never
  : unknown;

type AllOf<Parts, Root> = Parts extends readonly [infer First, ...infer Rest]
  ? Resolve<First, Root> & AllOf<Rest, Root>
  : unknown;

type FromRef<Ref, Root> = Ref extends `#/$defs/${infer Name}`
  ? FromDefinitions<Root, '$defs', Name>
  : Ref extends `#/definitions/${infer Name}`
    ? FromDefinitions<Root, 'definitions', Name>
    : unknown;

type FromDefinitions<Root, Key extends string, Name extends string> = Root extends {
  readonly [K in Key]: infer Definitions;
}
  ? Name extends keyof Definitions
    ? Resolve<Definitions[Name], Root>
    : unknown
  : unknown;

type ByType<S, Root> = S extends { readonly type: infer Type }
  ? Type extends readonly (infer Each)[]
    ? Each extends unknown
      ? ByTypeName<Each, S, Root>
      : never
    : ByTypeName<Type, S, Root>
  : S extends { readonly properties: unknown }
    ? ObjectOf<S, Root>
    : unknown;

type ByTypeName<Type, S, Root> = Type extends 'string'
  ? string
  : Type extends 'number' | 'integer'
    ? number
    : Type extends 'boolean'
      ? boolean
      : Type extends 'null'
        ? null
        : Type extends 'array'
          ? ArrayOf<S, Root>
          : Type extends 'object'
            ? ObjectOf<S, Root>
            : unknown;

type ArrayOf<S, Root> = S extends { readonly prefixItems: infer Heads }
  ? Heads extends readonly unknown[]
    ? { -readonly [Index in keyof Heads]: Resolve<Heads[Index], Root> }
    : unknown[]
  : S extends { readonly items: infer Item }
    ? Resolve<Item, Root>[]
    : unknown[];

type RequiredNames<S> = S extends { readonly required: readonly (infer Name)[] } ? Name : never;

type ObjectOf<S, Root> = S extends { readonly properties: infer Properties }
  ? Simplify<
      {
        -readonly [Name in keyof Properties as Name extends RequiredNames<S>
          ? Name
          : never]: Resolve<Properties[Name], Root>;
      } & {
        -readonly [Name in keyof Properties as Name extends RequiredNames<S>
          ? never
          : Name]?: Resolve<Properties[Name], Root>;
      }
    >
  : S extends { readonly additionalProperties: infer Extra }
    ? Record<string, Resolve<Extra, Root>>
    : Record<string, unknown>;

type Simplify<T> = { [Key in keyof T]: T[Key] };

type Mutable<T> = T extends object ? { -readonly [Key in keyof T]: Mutable<T[Key]> } : T;
