/**
 * The parts of a field that can be right or wrong independently, and so have their own evidence: a
 * choice, a number, an open text; each item of a set, and the set as a whole; and the presence of
 * an optional field.
 */
import { createHash } from 'node:crypto';
import type { Json } from '../stage';
import type { Field } from './fields';
import { ABSENT, labelKey, pointerOf } from './json-value';

/** `open`: a text or other value that is only right or wrong. */
export interface Facet {
  /** Key of the evidence: another path, kind or label set has another key. */
  key: string;
  kind: 'labels' | 'number' | 'open';
  /** Sorted label keys of `labels`, so that their order in the schema does not matter. */
  labels: readonly string[];
}

export interface FieldFacets {
  /** Whether the field is present; null if it is required, or if absence is one of the field's own labels. */
  presence: Facet | null;
  /** The facets of its value: one, or for a set one for each of `items`. */
  value: readonly Facet[];
  items: readonly Json[];
  /** Whether a set is right as a whole; null for other fields. */
  whole: Facet | null;
}

/** The label in `presence` of a field with a value. */
export const PRESENT = 'present';
export const IN = 'in';
export const OUT = 'out';
/** Indexes in the labels of an item, which are sorted. */
const ITEM_LABELS = [IN, OUT];

const NO_ITEMS = { items: [], whole: null };

const PLACE_MAX = 120;
const remembered = new WeakMap<Field, FieldFacets>();

/** The facets of a field. Memoized per field. */
export function facetsOf(field: Field): FieldFacets {
  const known = remembered.get(field);
  if (known) return known;
  const facets = findFacets(field);
  remembered.set(field, facets);
  return facets;
}

function findFacets(field: Field): FieldFacets {
  const missing = [...(field.optional ? [ABSENT] : []), ...(field.nullable ? ['null'] : [])];
  if (field.kind === 'categorical') {
    const labels = [...new Set([...field.labels.map(labelKey), ...missing])].sort();
    return { presence: null, value: [facet(field, 'labels', labels, labels)], ...NO_ITEMS };
  }
  const presence =
    missing.length > 0
      ? facet(field, 'labels', [...missing, PRESENT].sort(), ['presence', ...missing])
      : null;
  return { presence, ...valueFacets(field) };
}

function valueFacets(field: Exclude<Field, { kind: 'categorical' }>) {
  switch (field.kind) {
    case 'items': {
      const items = new Map(field.labels.map((item) => [labelKey(item), item]));
      const hash = shortHash(JSON.stringify(['items', ...[...items.keys()].sort()]));
      const pointer = pointerOf(field.path);
      const value = [...items.keys()].map(
        (item): Facet => ({
          key: `${placeOf(`${pointer}=${item}`)}#${hash}`,
          kind: 'labels',
          labels: ITEM_LABELS,
        }),
      );
      const whole = facet(field, 'open', [], ['set', ...[...items.keys()].sort()]);
      return { value, items: [...items.values()], whole };
    }
    case 'number': {
      const { low, high, step } = field;
      return { value: [facet(field, 'number', [], ['number', low, high, step])], ...NO_ITEMS };
    }
    case 'date':
      return { value: [facet(field, 'number', [], ['date', field.wholeDays])], ...NO_ITEMS };
    case 'regions':
      return {
        value: [
          facet(
            field,
            'open',
            [],
            ['regions', JSON.stringify(field.shape), ...(field.single ? ['single'] : [])],
          ),
        ],
        ...NO_ITEMS,
      };
    default:
      return { value: [facet(field, 'open', [], [field.kind])], ...NO_ITEMS };
  }
}

function facet(
  { path }: Field,
  kind: Facet['kind'],
  labels: readonly string[],
  shape: Json[],
): Facet {
  const hash = shortHash(JSON.stringify([kind, ...shape]));
  return { key: `${placeOf(pointerOf(path))}#${hash}`, kind, labels };
}

/** A key is human-readable and indexed by the database, which rejects long ones and zero bytes. */
function placeOf(place: string): string {
  const isPlain = place.length <= PLACE_MAX && !/\p{Cc}|\p{Cs}/u.test(place);
  return isPlain ? place : `~${shortHash(JSON.stringify(place))}`;
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

/** The label of a field's presence. */
export function presenceOf(value: Json | undefined): string {
  if (value === undefined) return ABSENT;
  return value === null ? 'null' : PRESENT;
}

/** The keys of all facets for which an answer with these fields has evidence. */
export function facetKeysOf(fields: readonly Field[]): string[] {
  return fields.flatMap((field) => {
    const { presence, value, whole } = facetsOf(field);
    return [...(presence ? [presence] : []), ...(whole ? [whole] : []), ...value].map(
      ({ key }) => key,
    );
  });
}
