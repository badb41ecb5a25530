import { isJsonObject, type JsonSchema } from './json';

/** Keywords for names of choices used by different generators; the first one present wins. */
const TITLE_KEYWORDS = ['x-enum-titles', 'enumNames', 'x-enumNames', 'x-enum-varnames'];
const DESCRIPTION_KEYWORDS = [
  'x-enum-descriptions',
  'enumDescriptions',
  'x-enumDescriptions',
  'markdownEnumDescriptions',
];
const KEYWORDS = new Set([...TITLE_KEYWORDS, ...DESCRIPTION_KEYWORDS]);

export const ENUM_WORDS: ReadonlySet<string> = new Set(['x-enum-titles', 'x-enum-descriptions']);

/**
 * The text for each choice, from a list in order or a map by value; null for choices without one.
 */
function wordsFor(choices: unknown[], given: unknown): (string | null)[] | null {
  if (!Array.isArray(given) && !isJsonObject(given)) return null;
  const words = choices.map((choice, index): string | null => {
    const key = typeof choice === 'string' ? choice : JSON.stringify(choice);
    const own: unknown = Array.isArray(given)
      ? given[index]
      : Object.hasOwn(given, key)
        ? given[key]
        : null;
    return typeof own === 'string' && own.trim() !== '' ? own : null;
  });
  return words.some((each) => each !== null) ? words : null;
}

/** The text of a choice without a name. */
const plainName = (choice: unknown) =>
  typeof choice === 'string' ? choice : choice === null ? 'None' : JSON.stringify(choice);

/** The titles and descriptions of a schema's choices, in the order of `enum`. */
export function enumWords(schema: JsonSchema): {
  titles: string[] | null;
  descriptions: string[] | null;
} {
  const choices = Array.isArray(schema.enum) ? schema.enum : [];
  const first = (keywords: string[]) =>
    keywords.map((keyword) => wordsFor(choices, schema[keyword])).find((words) => words !== null);
  const titles = first(TITLE_KEYWORDS) ?? null;
  const descriptions = first(DESCRIPTION_KEYWORDS) ?? null;
  return {
    titles: titles?.map((title, index) => title ?? plainName(choices[index])) ?? null,
    descriptions: descriptions?.map((description) => description ?? '') ?? null,
  };
}

/** As keywords of a schema. */
export function asEnumKeywords(words: ReturnType<typeof enumWords>): JsonSchema {
  return {
    ...(words.titles ? { 'x-enum-titles': words.titles } : {}),
    ...(words.descriptions ? { 'x-enum-descriptions': words.descriptions } : {}),
  };
}

/**
 * Converts generators' names and descriptions of choices to `x-enum-titles` and
 * `x-enum-descriptions`.
 */
export function withEnumWords(schema: JsonSchema): JsonSchema {
  if (!Object.keys(schema).some((keyword) => KEYWORDS.has(keyword))) return schema;
  // A boolean may have names as well: the first one is for true.
  const given =
    schema.type === 'boolean' && schema.enum === undefined
      ? { ...schema, enum: [true, false] }
      : schema;
  if (!Array.isArray(given.enum)) return schema;
  const rest = Object.fromEntries(Object.entries(given).filter(([key]) => !KEYWORDS.has(key)));
  return { ...rest, ...asEnumKeywords(enumWords(given)) };
}
