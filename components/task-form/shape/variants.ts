import { humanise } from '@/components/ui/values/humanise';
import { checkValue } from '../check/check-value';
import type { PartCollector } from './collect-parts';
import { type StaticShape, staticShapeOf } from './collect-parts';
import { enumOf, isSchema, listOf, ownOf, plainValue, type Schema, typesOf } from './schema-parts';

/** How a union is met: by asking which variant is meant, by looking at the answer, or not at all. */
type UnionKind =
  /** The worker chooses. */
  | { kind: 'asked' }
  /** Fields that stand there anyway tell the variants apart. */
  | { kind: 'decided'; by: string[] }
  /** The variants only bound what stands there anyway; the check alone concerns itself with them. */
  | { kind: 'bounds' }
  /** All variants are the same kind of box. */
  | { kind: 'same'; schema: Schema };

const TEXT: Schema = { type: 'string' };
const NUMBER: Schema = { type: 'number' };
const INTEGER: Schema = { type: 'integer' };

/** @param base what applies beside the union. */
export function unionKindOf(base: PartCollector, shapes: StaticShape[]): UnionKind {
  const known = base.knownNames();
  const beside = base.merged();
  if (shapes.every((shape) => addsNothing(shape, beside, known))) {
    const by = decidingFields(shapes, known);
    return by.length > 0 ? { kind: 'decided', by } : { kind: 'bounds' };
  }
  const by = decidingFields(shapes, known);
  if (by.length > 0) return { kind: 'decided', by };
  if (known.size === 0 && shapes.every(isBareText)) return { kind: 'same', schema: TEXT };
  if (known.size === 0 && shapes.every(isBareNumber)) {
    const areWhole = shapes.every(({ schema }) => schema.type === 'integer');
    return { kind: 'same', schema: areWhole ? INTEGER : NUMBER };
  }
  return { kind: 'asked' };
}

function addsNothing(shape: StaticShape, beside: Schema, known: Set<string>): boolean {
  const { schema, fields, hasUnion } = shape;
  const isTyped = typesOf(beside).length === 1 || enumOf(beside) !== null;
  const types = typesOf(schema);
  const typeIsKnown =
    types.length === 0 || isTyped || (known.size > 0 && types.every((type) => type === 'object'));
  return (
    !hasUnion &&
    typeIsKnown &&
    (enumOf(schema) === null || isTyped) &&
    [...fields.keys()].every((name) => known.has(name)) &&
    ['items', 'prefixItems', 'patternProperties'].every(
      (each) => !(each in schema) || each in beside,
    )
  );
}

/** Fields known beside the union to which every variant gives choices of its own. */
function decidingFields(shapes: StaticShape[], known: Set<string>): string[] {
  return [...known].filter((name) =>
    shapes.every(({ fields }) => {
      const field = fields.get(name);
      return isSchema(field) && enumOf(field) !== null;
    }),
  );
}

const isBareText = ({ schema, hasUnion }: StaticShape) =>
  !hasUnion && schema.type === 'string' && !enumOf(schema) && schema.format === undefined;

const isBareNumber = ({ schema, hasUnion }: StaticShape) =>
  !hasUnion && (schema.type === 'number' || schema.type === 'integer') && !enumOf(schema);

/** Of variants that fields beside them tell apart: the one that the fields' values name, or null. */
export function decidedVariant(
  shapes: StaticShape[],
  by: string[],
  value: unknown,
  root: Schema,
): number | null {
  const index = shapes.findIndex(({ fields }) =>
    by.every((name) => {
      const given = ownOf(value, name);
      return given !== undefined && checkValue(fields.get(name), given, root).length === 0;
    }),
  );
  return index < 0 ? null : index;
}

/**
 * The variant that an answer given as a whole (a default, a known answer, JSON) belongs to: one that
 * it fits, else the one it comes nearest to; null if it says nothing of any.
 */
export function variantOfValue(variants: unknown[], value: unknown, root: Schema): number | null {
  const plain = plainValue(value);
  if (plain === undefined) return null;
  let best: { index: number; score: number } | null = null;
  variants.forEach((variant, index) => {
    if (variant === false) return;
    const score = likeness(variant, plain, root);
    if (score > 0 && (best === null || score > best.score)) best = { index, score };
  });
  return best === null ? null : (best as { index: number }).index;
}

function likeness(variant: unknown, value: unknown, root: Schema): number {
  const { fields } = staticShapeOf(variant, root);
  const fits = checkValue(variant, value, root).length === 0 ? 1_000 : 0;
  if (!isSchema(value)) return fits + (checkType(variant, value, root) ? 1 : 0);
  let score = fits;
  for (const [name, field] of fields) {
    if (!Object.hasOwn(value, name)) continue;
    const isChoice = isSchema(field) && enumOf(field) !== null;
    if (!isChoice) score += 1;
    else score += checkValue(field, value[name], root).length === 0 ? 10 : -10;
  }
  return score;
}

function checkType(variant: unknown, value: unknown, root: Schema): boolean {
  const { type } = staticShapeOf(variant, root).schema;
  return type !== undefined && checkValue({ type }, value, root).length === 0;
}

const TYPE_TITLES: Record<string, string> = {
  string: 'Text',
  integer: 'Whole number',
  number: 'Number',
  boolean: 'Yes or no',
  array: 'List',
  object: 'Fields',
  null: 'None',
};

const FORMAT_TITLES: Record<string, string> = {
  date: 'Date',
  'date-time': 'Date and time',
  time: 'Time',
  email: 'E-mail address',
  uri: 'Web address',
  uuid: 'UUID',
};

/** What a variant is called: its title, its constant, the fields it asks for, or its type. */
function variantTitle(variant: unknown, index: number, root: Schema): string {
  const { schema, fields } = staticShapeOf(variant, root);
  if (typeof schema.title === 'string') return schema.title;
  const choices = enumOf(schema);
  if (choices) return choices.slice(0, 3).map(choiceTitle).join(', ');
  for (const field of fields.values()) {
    const own = isSchema(field) ? enumOf(staticShapeOf(field, root).schema) : null;
    if (own?.length === 1) return choiceTitle(own[0]);
  }
  const asked = isSchema(variant) ? listOf(variant.required).map(String) : [];
  const names = asked.length > 0 ? asked : [...fields.keys()];
  if (names.length > 0) return names.slice(0, 3).map(humanise).join(', ');
  return kindTitle(schema, root) ?? `Variant ${index + 1}`;
}

function kindTitle(schema: Schema, root: Schema): string | undefined {
  if (typeof schema.format === 'string' && FORMAT_TITLES[schema.format]) {
    return FORMAT_TITLES[schema.format];
  }
  const type = String(typesOf(schema)[0] ?? schema.type);
  if (type === 'array' && isSchema(schema.items)) {
    const inner = kindTitle(staticShapeOf(schema.items, root).schema, root);
    if (inner && inner !== 'Fields') return `List of ${inner.toLowerCase()}`;
  }
  return TYPE_TITLES[type];
}

function choiceTitle(value: unknown): string {
  if (typeof value === 'string') return humanise(value);
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  return value === null ? 'None' : JSON.stringify(value);
}

/** The names of a union's variants, no two alike. */
export function variantTitles(variants: unknown[], root: Schema): string[] {
  const titles = variants.map((variant, index) => variantTitle(variant, index, root));
  return titles.map((title, index) => {
    const isShared = titles.filter((each) => each === title).length > 1;
    const isEarlier = titles.slice(0, index).filter((each) => each === title).length;
    return isShared ? `${title} ${isEarlier + 1}` : title;
  });
}

const typeVariants = new Map<string, Schema[]>();

/** `[string, number]` as a union of a text and a number. */
export function variantsOfTypes(types: string[]): Schema[] {
  const key = types.join();
  const known = typeVariants.get(key) ?? types.map((type) => ({ type }));
  typeVariants.set(key, known);
  return known;
}
