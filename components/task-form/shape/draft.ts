import { isFoldedGroup } from './folded';
import { type Chosen, type Field, fieldScope, type Place, resolveShape } from './resolve-shape';
import { isSchema, listOf, type Schema } from './schema-parts';

/**
 * What a form holds: the values in sight, which variants were chosen, and what was typed into
 * branches that no longer hold, so that going back finds it again. It is kept as the draft of an
 * answer, so it is plain JSON.
 */
export interface FormDraft {
  data: unknown;
  chosen: Chosen;
  /** By scope: one value, or none where a field was seen but left empty. */
  aside: Readonly<Record<string, [] | [unknown]>>;
}

/** Marks a kept draft; its number goes up when the shape changes. */
const DRAFT_MARK = 'humanrail_form';
const DRAFT_VERSION = 1;

export function writeDraft(draft: FormDraft): unknown {
  const { data, chosen, aside } = draft;
  return {
    [DRAFT_MARK]: DRAFT_VERSION,
    data: replaceAll(data, undefined, BLANK),
    chosen,
    aside: replaceAll(aside, undefined, BLANK),
  };
}

/** Stands in a kept draft for an item or entry without a value, which JSON has no word for. */
const BLANK = '\uE000';

/** The same value where nothing is replaced. */
function replaceAll(value: unknown, from: unknown, to: unknown): unknown {
  if (value === from) return to;
  if (Array.isArray(value)) {
    const next = value.map((each) => replaceAll(each, from, to));
    return next.some((each, index) => each !== value[index]) ? next : value;
  }
  if (!isSchema(value)) return value;
  const entries = Object.entries(value);
  const next = entries.map(([name, each]): [string, unknown] => [name, replaceAll(each, from, to)]);
  return next.some(([, each], index) => each !== entries[index]?.[1])
    ? Object.fromEntries(next)
    : value;
}

function isDraft(value: unknown): value is Partial<FormDraft> {
  return isSchema(value) && value[DRAFT_MARK] === DRAFT_VERSION;
}

/** @param value a kept draft, or an answer: one to correct, or one that was written as JSON. */
export function readDraft(value: unknown): FormDraft {
  if (isDraft(value)) {
    const { data, chosen, aside } = value;
    return {
      data: replaceAll(data, BLANK, undefined),
      chosen: isSchema(chosen) ? (chosen as Chosen) : {},
      aside: (isSchema(aside) ? replaceAll(aside, BLANK, undefined) : {}) as FormDraft['aside'],
    };
  }
  return { data: value, chosen: {}, aside: {} };
}

export function rootPlace(schema: Schema, chosen: Chosen): Place {
  return { root: schema, chosen, scope: '' };
}

const DEPTH_MAX = 12;

/** The defaults of a part that has just come into sight, and the constants that its branch says. */
export function initialValue(schema: unknown, place: Place, depth = 0): unknown {
  if (depth > DEPTH_MAX) return undefined;
  const shape = resolveShape(schema, undefined, place);
  const own = shape.schema.default;
  if (shape.given) return shape.given.value;
  if (shape.kind === 'open') return own;
  if (shape.kind === 'tuple') return own ?? initialPlaces(shape.schema, place, depth);
  if (shape.kind !== 'object') return own;
  if (own !== undefined && !isSchema(own)) return own;
  const parts = shape.fields.flatMap((field): [string, unknown][] => {
    const value = initialField(field, place, depth);
    return value === undefined ? [] : [[field.name, value]];
  });
  if (parts.length === 0) return own;
  return { ...Object.fromEntries(parts), ...(isSchema(own) ? own : {}) };
}

export function initialField(field: Field, place: Place, depth = 0): unknown {
  if (field.given) return field.given.value;
  if (isFoldedGroup(field.schema, place.root)) return undefined;
  const scope = fieldScope(place.scope, field.name, field.identity);
  return initialValue(field.schema, { ...place, scope }, depth + 1);
}

function initialPlaces(schema: Schema, place: Place, depth: number): unknown {
  const values = listOf(schema.prefixItems).map((part, index) =>
    initialValue(part, { ...place, scope: `${place.scope}/${index}` }, depth + 1),
  );
  return values.some((value) => value !== undefined) ? values : undefined;
}
