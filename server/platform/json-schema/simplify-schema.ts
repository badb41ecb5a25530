import { asEnumKeywords, ENUM_WORDS, enumWords, withEnumWords } from './enum-words';
import { isJsonObject, type JsonSchema } from './json';
import { ANNOTATIONS } from './keywords';

const hasOnly = (schema: JsonSchema, allowed: (key: string) => boolean) =>
  Object.keys(schema).every(allowed);

function isNull(schema: unknown): boolean {
  if (!isJsonObject(schema)) return false;
  const bare = (own: string) => hasOnly(schema, (key) => key === own || ANNOTATIONS.has(key));
  if (schema.type === 'null') return bare('type');
  return Array.isArray(schema.enum) && schema.enum.length === 1 && schema.enum[0] === null
    ? bare('enum')
    : false;
}

/** T that also accepts null; null if T is too complex. */
function nullable(schema: unknown): JsonSchema | null {
  if (!isJsonObject(schema)) return null;
  const { type } = schema;
  if (type === undefined && Array.isArray(schema.enum)) {
    const plain = hasOnly(
      schema,
      (key) => key === 'enum' || ENUM_WORDS.has(key) || ANNOTATIONS.has(key),
    );
    return plain ? withNullChoice(schema) : null;
  }
  if (typeof type !== 'string' && !Array.isArray(type)) return null;
  // These also apply to null, and would reject it.
  const strict = ['allOf', 'anyOf', 'oneOf', 'not', 'if', '$ref'].some((key) => key in schema);
  if (strict) return null;
  const types = Array.isArray(type) ? type : [type];
  return withNullChoice({
    ...schema,
    type: types.includes('null') ? types : [...types, 'null'],
  });
}

/** Adds null to an `enum`, and a title for it if the others have titles. */
function withNullChoice(schema: JsonSchema): JsonSchema {
  if (!Array.isArray(schema.enum) || schema.enum.includes(null)) return schema;
  const { titles, descriptions } = enumWords(schema);
  return {
    ...schema,
    enum: [...schema.enum, null],
    ...asEnumKeywords({
      titles: titles && [...titles, 'None'],
      descriptions: descriptions && [...descriptions, ''],
    }),
  };
}

/** The titles of a branch's choices; a single choice may be named by the branch itself. */
function branchWords(branch: JsonSchema, choices: unknown[]): ReturnType<typeof enumWords> {
  const words = enumWords(branch);
  if (choices.length !== 1) return words;
  const own = (keyword: string) => {
    const said = branch[keyword];
    return typeof said === 'string' ? [said] : null;
  };
  return {
    titles: own('title') ?? words.titles,
    descriptions: words.descriptions ?? own('description'),
  };
}

/** Merges a union of enums into one `enum` with the branches' titles. */
function mergeEnums(branches: unknown[]): JsonSchema | null {
  const values: unknown[] = [];
  const titles: string[] = [];
  const descriptions: string[] = [];
  const types = new Set<unknown>();
  let titled = false;
  for (const branch of branches) {
    if (!isJsonObject(branch) || !Array.isArray(branch.enum)) return null;
    const isPlain = (key: string) => key === 'enum' || key === 'type' || ENUM_WORDS.has(key);
    if (!hasOnly(branch, (key) => isPlain(key) || ANNOTATIONS.has(key))) return null;
    types.add(typeof branch.type === 'string' ? branch.type : undefined);
    const words = branchWords(branch, branch.enum);
    if (words.titles) titled = true;
    values.push(...branch.enum);
    titles.push(...(words.titles ?? branch.enum.map(String)));
    descriptions.push(...(words.descriptions ?? branch.enum.map(() => '')));
  }
  const keys = values.map((value) => JSON.stringify(value));
  if (new Set(keys).size !== keys.length) return null;
  const [type] = types;
  return {
    ...(types.size === 1 && type !== undefined ? { type } : {}),
    enum: values,
    ...asEnumKeywords({
      titles: titled ? titles : null,
      descriptions: descriptions.some(Boolean) ? descriptions : null,
    }),
  };
}

/** Keywords that are independent of their siblings and can therefore be moved. */
const SOCIABLE = [
  'additionalProperties',
  'unevaluatedProperties',
  'unevaluatedItems',
  'properties',
  'patternProperties',
  'items',
  'prefixItems',
  'contains',
  'minContains',
  'maxContains',
  'if',
  'then',
  'else',
];

/**
 * Merges `inner` and `beside`, or returns null if they cannot be merged. Annotations of `beside`
 * (title, default) win.
 */
export function layOver(inner: JsonSchema, beside: JsonSchema): JsonSchema | null {
  const clash = Object.keys(beside).some(
    (key) =>
      key in inner &&
      !ANNOTATIONS.has(key) &&
      JSON.stringify(inner[key]) !== JSON.stringify(beside[key]),
  );
  const meets = (schema: JsonSchema) => SOCIABLE.some((key) => key in schema);
  return clash || (meets(inner) && meets(beside)) ? null : { ...inner, ...beside };
}

function collapse(outer: JsonSchema, keyword: string, inner: JsonSchema): JsonSchema | null {
  const { [keyword]: _gone, ...beside } = outer;
  return layOver(inner, beside);
}

function simplifyUnion(schema: JsonSchema, keyword: 'anyOf' | 'oneOf'): JsonSchema {
  const branches = schema[keyword];
  if (!Array.isArray(branches) || branches.length === 0) return schema;
  const others = branches.filter((branch) => !isNull(branch));
  const takesNull = others.length < branches.length;
  // Two null branches reject null under oneOf; leave such a schema unchanged.
  if (keyword === 'oneOf' && branches.length - others.length > 1) return schema;
  const core = others.length === 1 ? others[0] : mergeEnums(others);
  const united = takesNull ? nullable(core) : core;
  if (!isJsonObject(united)) return schema;
  if (keyword === 'oneOf' && takesNull && isJsonObject(core) && allowsNull(core)) return schema;
  return collapse(schema, keyword, united) ?? schema;
}

function allowsNull(schema: JsonSchema): boolean {
  if (Array.isArray(schema.enum)) return schema.enum.includes(null);
  return schema.type === 'null' || (Array.isArray(schema.type) && schema.type.includes('null'));
}

function withConstAsEnum(schema: JsonSchema): JsonSchema {
  if (!('const' in schema) || 'enum' in schema) return schema;
  const { const: value, ...rest } = schema;
  return { ...rest, enum: [value] };
}

function withPlainType(schema: JsonSchema): JsonSchema {
  const { type } = schema;
  return Array.isArray(type) && type.length === 1 ? { ...schema, type: type[0] } : schema;
}

function withoutLoneAllOf(schema: JsonSchema): JsonSchema {
  const parts = schema.allOf;
  if (!Array.isArray(parts) || parts.length !== 1) return schema;
  const only: unknown = parts[0];
  return isJsonObject(only) ? (collapse(schema, 'allOf', only) ?? schema) : schema;
}

/** Simplifies one schema, whose parts are already simplified, into an equivalent one. */
export function simplify(schema: JsonSchema): JsonSchema {
  let next = withEnumWords(withPlainType(withConstAsEnum(schema)));
  next = simplifyUnion(next, 'anyOf');
  next = simplifyUnion(next, 'oneOf');
  return withoutLoneAllOf(next);
}
