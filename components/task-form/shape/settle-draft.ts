import { checkValue } from '../check/check-value';
import { matchesPattern } from '../check/patterns';
import { type FormDraft, initialField, initialValue, readDraft, rootPlace } from './draft';
import { isFolded } from './folded';
import {
  type Field,
  fieldOf,
  fieldScope,
  itemScope,
  type Place,
  resolveShape,
  type Shape,
} from './resolve-shape';
import { isSchema, listOf, ownOf, plainValue, type Schema } from './schema-parts';
import { entrySchemaOf } from './shape-kind';

/** Conditions may depend on fields that other conditions bring; nobody nests them deeper. */
const ROUNDS_MAX = 8;

/**
 * Makes a draft's values follow a change: what a branch brought goes aside with it, and comes back
 * with it; a field seen for the first time gets its default.
 */
export function settleDraft(schema: Schema, before: FormDraft, after: FormDraft): FormDraft {
  let was = before;
  let is = after;
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const run = new Settling(schema, was, is);
    const next = run.settle();
    if (next.data === is.data) return next;
    was = is;
    is = next;
  }
  return is;
}

/**
 * The draft that a form starts from.
 * @param value a kept draft, an answer, or undefined for a form nobody has seen yet, which alone gets
 *   the schema's defaults.
 */
export function startDraft(schema: Schema, value: unknown): FormDraft {
  const kept = readDraft(value);
  if (value !== undefined) return kept;
  const data = initialValue(schema, rootPlace(schema, {}));
  return settleDraft(schema, kept, { ...kept, data });
}

class Settling {
  private aside: Record<string, [] | [unknown]>;

  constructor(
    private root: Schema,
    private was: FormDraft,
    private is: FormDraft,
  ) {
    this.aside = { ...is.aside };
  }

  settle(): FormDraft {
    const data = this.walk(this.root, this.root, this.was.data, this.is.data, '');
    return { data, chosen: this.is.chosen, aside: this.aside };
  }

  private place(draft: FormDraft, scope: string): Place {
    return { root: this.root, chosen: draft.chosen, scope };
  }

  private walk(
    schemaWas: unknown,
    schemaIs: unknown,
    was: unknown,
    is: unknown,
    scope: string,
  ): unknown {
    const isSame = was === is && schemaWas === schemaIs && this.was.chosen === this.is.chosen;
    if (isSame || (is === undefined && isFolded(schemaIs, is, this.place(this.is, scope))))
      return is;
    const shapeWas = resolveShape(schemaWas, was, this.place(this.was, scope));
    const shapeIs = resolveShape(schemaIs, is, this.place(this.is, scope));
    // The choice of another variant has replaced the whole value already.
    if (wholeChoice(shapeWas) !== wholeChoice(shapeIs)) return is;
    if (shapeIs.kind === 'list' || shapeIs.kind === 'tuple') {
      return this.walkItems(shapeWas, shapeIs, was, is, scope);
    }
    if (shapeIs.kind !== 'object' && shapeWas.kind !== 'object') return is;
    if (is !== undefined && !isSchema(is)) return is;
    return this.walkFields(shapeWas, shapeIs, was, is, scope);
  }

  private walkItems(
    shapeWas: Shape,
    shapeIs: Shape,
    was: unknown,
    is: unknown,
    scope: string,
  ): unknown {
    // Items that were added or removed are in order already, and would be taken for their neighbours.
    if (!Array.isArray(is) || is.length !== listOf(was).length) return is;
    const items = is.map((each: unknown, index) =>
      this.walk(
        itemSchemaOf(shapeWas.schema, index),
        itemSchemaOf(shapeIs.schema, index),
        listOf(was)[index],
        each,
        itemScope(scope, index),
      ),
    );
    return items.some((each, index) => each !== is[index]) ? items : is;
  }

  private walkFields(
    shapeWas: Shape,
    shapeIs: Shape,
    was: unknown,
    is: Schema | undefined,
    scope: string,
  ): unknown {
    const changes = new Map<string, unknown>();
    this.setAside(shapeWas, shapeIs, is, scope, changes);
    for (const field of shapeIs.fields) {
      const old = fieldOf(shapeWas, field.name);
      const value = ownOf(is, field.name);
      const settled =
        old?.identity === field.identity
          ? this.walkField(old, field, ownOf(was, field.name), value, scope)
          : this.arrive(old, field, value, scope);
      if (settled !== value) changes.set(field.name, settled);
    }
    this.walkEntries(shapeWas, shapeIs, was, is, scope, changes);
    return withChanges(is, changes);
  }

  /** Puts away what fields held that are not there any longer, or are other fields now. */
  private setAside(
    shapeWas: Shape,
    shapeIs: Shape,
    is: Schema | undefined,
    scope: string,
    changes: Map<string, unknown>,
  ): void {
    if (shapeWas === shapeIs) return;
    for (const old of shapeWas.fields) {
      const now = fieldOf(shapeIs, old.name);
      if (now && now.identity === old.identity) continue;
      const value = ownOf(is, old.name);
      this.aside[fieldScope(scope, old.name, old.identity)] = value === undefined ? [] : [value];
      if (!now && value !== undefined) changes.set(old.name, undefined);
    }
  }

  private walkEntries(
    shapeWas: Shape,
    shapeIs: Shape,
    was: unknown,
    is: Schema | undefined,
    scope: string,
    changes: Map<string, unknown>,
  ): void {
    for (const [name, value] of Object.entries(is ?? {})) {
      if (fieldOf(shapeIs, name) || changes.has(name)) continue;
      if (!isSchema(was) || !Object.hasOwn(was, name)) continue;
      const settled = this.walk(
        entrySchemaOf(shapeWas.schema, name, matchesPattern),
        entrySchemaOf(shapeIs.schema, name, matchesPattern),
        was[name],
        value,
        fieldScope(scope, name, ''),
      );
      if (settled !== value) changes.set(name, settled);
    }
  }

  private walkField(old: Field, field: Field, was: unknown, is: unknown, scope: string): unknown {
    const inner = fieldScope(scope, field.name, field.identity);
    return this.walk(old.schema, field.schema, was, is, inner);
  }

  /** The value of a field that has just become what it is. */
  private arrive(old: Field | undefined, field: Field, value: unknown, scope: string): unknown {
    if (field.given) return field.given.value;
    const kept = this.aside[fieldScope(scope, field.name, field.identity)];
    if (kept) return kept[0];
    const wasElsewhere = old !== undefined && old.identity !== '' && field.identity !== '';
    if (value !== undefined && !wasElsewhere) {
      const fits = checkValue(field.schema, plainValue(value), this.root).length === 0;
      if (fits) return value;
    }
    return initialField(field, this.place(this.is, scope));
  }
}

function wholeChoice(shape: Shape): string {
  return shape.unions
    .filter(({ isWhole }) => isWhole)
    .map(({ key, chosen }) => `${key}=${chosen}`)
    .join();
}

function withChanges(is: Schema | undefined, changes: Map<string, unknown>): Schema | undefined {
  if (changes.size === 0) return is;
  const next: Schema = { ...is };
  for (const [name, value] of changes) {
    if (value === undefined) delete next[name];
    else defineOwn(next, name, value);
  }
  return next;
}

/** Sets even `__proto__` as a property of its own. */
export function defineOwn(holder: Schema, name: string, value: unknown): void {
  Object.defineProperty(holder, name, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}

/** What an item at this place of a list or tuple has to be. */
export function itemSchemaOf(schema: Schema, index: number): unknown {
  const places = listOf(schema.prefixItems);
  return index < places.length ? places[index] : (schema.items ?? {});
}
