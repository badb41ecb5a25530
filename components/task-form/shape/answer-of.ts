import { sameJson } from '../check/assertions';
import { checkValue } from '../check/check-value';
import { matchesPattern } from '../check/patterns';
import { type AnswerFault, faultsOf } from '../form-validator';
import { staticShapeOf } from './collect-parts';
import { type FormDraft, initialValue, rootPlace } from './draft';
import type { Path } from './edit-draft';
import { isFolded, isFoldedGroup } from './folded';
import { pointerOfPath } from './pointer';
import {
  type Field,
  fieldOf,
  fieldScope,
  itemScope,
  type Place,
  resolveShape,
  type Shape,
} from './resolve-shape';
import {
  enumOf,
  isSchema,
  listOf,
  ownOf,
  plainValue,
  type Schema,
  takesNull,
  typedNameOf,
  typesOf,
} from './schema-parts';
import { defineOwn, itemSchemaOf } from './settle-draft';
import { entrySchemaOf } from './shape-kind';

/** A part of an answer, and what it has to be, with the branches that hold and the chosen variants. */
interface Told {
  value: unknown;
  schema: unknown;
}

/** How a part stands in the answer. */
interface Standing {
  required: boolean;
  /** Whether it was put there by the worker: an item, an entry, a chosen variant, an opened group. */
  isPut: boolean;
}

const PUT: Standing = { required: true, isPut: true };

interface FormAnswer {
  /** Undefined where nothing was given. */
  value: unknown;
  /** What the answer has to be, with branches and variants settled: its faults name exact fields. */
  settledSchema: unknown;
  /** Unions in which nothing was chosen, by pointer, with the names of their variants. */
  unchosen: ReadonlyMap<string, string[]>;
  /** Items and entries without a value, by pointer. */
  blanks: ReadonlySet<string>;
}

/**
 * The answer that a draft says: exactly what was given. Fields left empty are left out, and optional
 * groups without content too; a required field that may be null is null. Places in lists stay as
 * they are: an empty text is an empty text, and a gap of another kind is a fault.
 */
export function answerOfDraft(schema: Schema, draft: FormDraft): FormAnswer {
  const reading = new Reading();
  const told = reading.part(schema, draft.data, rootPlace(schema, draft.chosen), [], PUT);
  const { unchosen, blanks } = reading;
  const isNull = told.value === undefined && isSchema(told.schema) && isNullWhenEmpty(told.schema);
  return { value: isNull ? null : told.value, settledSchema: told.schema, unchosen, blanks };
}

/** What is wrong with a draft's answer, at the fields concerned, in the order of the form. */
export function faultsOfAnswer(schema: Schema, answer: FormAnswer): AnswerFault[] {
  const { value } = answer;
  const own = value === undefined ? [NEEDED] : faultsOf(settledRoot(schema, answer), value);
  const found = own.length > 0 ? own : faultsOf(schema, value);
  // Where null fits, the check does not notice a gap.
  const unseen = [...answer.blanks].filter((gap) => !found.some(({ pointer }) => pointer === gap));
  found.push(...unseen.map((pointer) => ({ pointer, message: '' })));
  const seen = new Set<string>();
  return found.flatMap((fault) => {
    const message = wordsFor(fault, answer);
    const key = `${fault.pointer} ${message}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [{ pointer: fault.pointer, message }];
  });
}

const NEEDED: AnswerFault = { pointer: '', message: 'This is needed.' };

function settledRoot(schema: Schema, { settledSchema }: FormAnswer): Schema {
  return isSchema(settledSchema) ? { ...settledSchema, $defs: schema.$defs } : {};
}

function wordsFor({ pointer, message }: AnswerFault, answer: FormAnswer): string {
  const titles = answer.unchosen.get(pointer);
  if (titles) return `Choose one: ${titles.slice(0, 6).join(', ')}.`;
  if (answer.blanks.has(pointer)) return 'Fill this in, or remove it.';
  return message;
}

class Reading {
  unchosen = new Map<string, string[]>();
  blanks = new Set<string>();

  part(schema: unknown, value: unknown, place: Place, path: Path, standing: Standing): Told {
    const shape = resolveShape(schema, value, place);
    const open = shape.unions.find(({ chosen }) => chosen === null);
    if (open) this.unchosen.set(pointerOfPath(path), open.titles);
    // A value that fits none of the variants is no one's to throw away.
    if (shape.kind === 'open') return { value: plainValue(value), schema: {} };
    if (shape.given) return { value: shape.given.value, schema: shape.schema };
    const isChosen = shape.unions.some(({ chosen, isWhole }) => isWhole && chosen !== null);
    const own = { ...standing, isPut: standing.isPut || isChosen };
    switch (shape.kind) {
      case 'object':
        return this.group(shape, value, place, path, own);
      case 'list':
        return this.list(shape, value, place, path, own);
      case 'tuple':
        return this.tuple(shape, value, place, path, own);
      default:
        return { value: leafValue(shape.schema, value), schema: shape.schema };
    }
  }

  private group(shape: Shape, value: unknown, place: Place, path: Path, at: Standing): Told {
    const given = isSchema(value) ? value : {};
    const answer: Schema = {};
    const properties: Schema = {};
    let isTouched = false;
    for (const field of shape.fields) {
      const told = this.field(field, ownOf(given, field.name), place, path);
      defineOwn(properties, field.name, told.schema);
      if (told.value === undefined) continue;
      defineOwn(answer, field.name, told.value);
      if (!isUntouched(field, told.value, place)) isTouched = true;
    }
    for (const name of Object.keys(given)) {
      if (fieldOf(shape, name) || typedNameOf(name) !== null) continue;
      isTouched = true;
      const scope = fieldScope(place.scope, name, '');
      const part = entrySchemaOf(shape.schema, name, matchesPattern);
      const inner = [...path, name];
      const told = this.part(part, given[name], { ...place, scope }, inner, PUT);
      defineOwn(answer, name, this.withoutGap(part, told.value, { ...place, scope }, inner));
      if (part !== undefined && Object.keys(shape.schema.patternProperties ?? {}).length === 0) {
        defineOwn(properties, name, told.schema);
      }
    }
    const required = shape.fields.filter((field) => field.required).map(({ name }) => name);
    const schema = { ...shape.schema, type: shape.schema.type ?? 'object', properties, required };
    const mayBeOut = !at.isPut && (!at.required || takesNull(shape.schema));
    const isOut =
      mayBeOut &&
      !isTouched &&
      (isEmpty(answer) || checkValue(schema, answer, place.root).length > 0);
    return { value: isOut ? undefined : answer, schema };
  }

  private field(field: Field, value: unknown, place: Place, path: Path): Told {
    const scope = fieldScope(place.scope, field.name, field.identity);
    const inner = { ...place, scope };
    if (isFolded(field.schema, value, inner)) {
      const { schema } = resolveShape(field.schema, undefined, inner);
      const isNull = (field.required && takesNull(schema)) || this.isNullByDefault(field, place);
      return { value: isNull ? null : undefined, schema };
    }
    const standing = {
      required: field.required,
      isPut: isFoldedGroup(field.schema, place.root),
    };
    const told = this.part(field.schema, value, inner, [...path, field.name], standing);
    if (told.value !== undefined) return told;
    if (field.given) return { ...told, value: field.given.value };
    const schema = isSchema(told.schema) ? told.schema : {};
    const isNull = field.required ? isNullWhenEmpty(schema) : this.isNullByDefault(field, place);
    return isNull ? { ...told, value: null } : told;
  }

  /** What was left empty is null, and not left out, where its schema says so itself. */
  private isNullByDefault(field: Field, { root }: Place): boolean {
    const { schema } = staticShapeOf(field.schema, root);
    return schema.default === null && checkValue(field.schema, null, root).length === 0;
  }

  private list(shape: Shape, value: unknown, place: Place, path: Path, at: Standing): Told {
    const items = listOf(value).map((each, index) => this.item(shape, each, place, path, index));
    const isKept = items.length > 0 || (at.required && !takesNull(shape.schema)) || at.isPut;
    const isEmptied = Array.isArray(value) && shape.schema.default !== undefined;
    return {
      value: isKept || isEmptied ? items.map((told) => told.value) : undefined,
      schema: { ...shape.schema, prefixItems: items.map((told) => told.schema) },
    };
  }

  private item(shape: Shape, value: unknown, place: Place, path: Path, index: number): Told {
    const part = itemSchemaOf(shape.schema, index);
    const inner = { ...place, scope: itemScope(place.scope, index) };
    const told = this.part(part, value, inner, [...path, index], PUT);
    return { ...told, value: this.withoutGap(part, told.value, inner, [...path, index]) };
  }

  /** What stands at a place that was left empty: an empty text, null where it fits, or a fault. */
  private withoutGap(part: unknown, value: unknown, place: Place, path: Path): unknown {
    if (value !== undefined) return value;
    const { kind, schema } = resolveShape(part, undefined, place);
    if (kind === 'leaf' && isNullWhenEmpty(schema)) return null;
    if (kind === 'leaf' && isFreeText(schema)) return '';
    this.blanks.add(pointerOfPath(path));
    return null;
  }

  private tuple(shape: Shape, value: unknown, place: Place, path: Path, at: Standing): Told {
    const places = listOf(shape.schema.prefixItems);
    const given = listOf(value);
    const count = Math.max(places.length, given.length);
    const told = Array.from({ length: count }, (_, index) => {
      const part = itemSchemaOf(shape.schema, index);
      const inner = { ...place, scope: itemScope(place.scope, index) };
      const standing = { required: false, isPut: index >= places.length };
      return this.part(part, given[index], inner, [...path, index], standing);
    });
    const last = told.findLastIndex((each) => each.value !== undefined);
    const isOut = last < 0 && !at.isPut && (!at.required || takesNull(shape.schema));
    if (isOut) return { value: undefined, schema: shape.schema };
    const length = Math.max(last + 1, Math.min(Number(shape.schema.minItems ?? 0), places.length));
    const values = told.slice(0, length).map((each, index) => {
      if (each.value !== undefined) return each.value;
      const own = isSchema(each.schema) ? each.schema : {};
      if (!isNullWhenEmpty(own)) this.blanks.add(pointerOfPath([...path, index]));
      return null;
    });
    return {
      value: values,
      schema: { ...shape.schema, prefixItems: told.map((each) => each.schema) },
    };
  }
}

function leafValue(schema: Schema, value: unknown): unknown {
  if (value === null && !takesNull(schema) && typesOf(schema).length > 0) return undefined;
  if (typeof value === 'number' && Number.isNaN(value)) return undefined;
  if (Array.isArray(value) && value.length === 0 && schema.default === undefined) return undefined;
  return plainValue(value);
}

function isEmpty(value: Schema): boolean {
  return Object.keys(value).length === 0;
}

/** Whether a field holds only what the form put there itself. */
function isUntouched(field: Field, value: unknown, place: Place): boolean {
  if (field.given && sameJson(field.given.value, value)) return true;
  if (value === null) return true;
  const scope = fieldScope(place.scope, field.name, field.identity);
  const initial = initialValue(field.schema, { ...place, scope });
  if (initial !== undefined && sameJson(initial, value)) return true;
  return Array.isArray(value) && value.length === 0;
}

/** Null by being left empty, unless null is one of the choices the worker sees. */
function isNullWhenEmpty(schema: Schema): boolean {
  const isChoice = enumOf(schema) !== null || typesOf(schema)[0] === 'boolean';
  return takesNull(schema) && !isChoice;
}

/** A text that may be anything, so that leaving it empty says something. */
export function isFreeText(schema: Schema): boolean {
  return typesOf(schema)[0] === 'string' && enumOf(schema) === null;
}
