import { type FormDraft, initialValue } from './draft';
import { type Chosen, choiceKey, fieldScope, itemScope, resolveShape } from './resolve-shape';
import { isSchema, listOf, ownOf, type Schema } from './schema-parts';
import { defineOwn, itemSchemaOf, settleDraft } from './settle-draft';

/** Steps to a value: names of fields and entries, places in lists. */
export type Path = readonly (string | number)[];

/** A place in a draft: where its value is, and how what belongs to it is named. */
export interface Spot {
  path: Path;
  scope: string;
}

/** A change of a draft, made by one of the functions below. */
export type Edit = (draft: FormDraft, schema: Schema) => FormDraft;

function valueAt(data: unknown, path: Path): unknown {
  let at = data;
  for (const step of path) {
    at = typeof step === 'number' ? listOf(at)[step] : ownOf(at, step);
  }
  return at;
}

/** @param keepsKey leaves an entry there whose value is taken away. */
function withValueAt(data: unknown, path: Path, value: unknown, keepsKey = false): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (typeof step === 'number') {
    const list = [...listOf(data)];
    while (list.length < step) list.push(undefined);
    list[step] = withValueAt(list[step], rest, value, keepsKey);
    return list;
  }
  const next: Schema = { ...(isSchema(data) ? data : {}) };
  const inner = withValueAt(ownOf(next, step), rest, value, keepsKey);
  if (inner === undefined && !(keepsKey && rest.length === 0)) delete next[step];
  else defineOwn(next, step, inner);
  return next;
}

const isUnder = (key: string, scope: string) =>
  key.startsWith(`${scope}/`) || key.startsWith(`${scope}\n`) || key.startsWith(`${scope}\t`);

type Scoped<Value> = Readonly<Record<string, Value>>;

/** Renames what is kept under scopes; `rename` gives null for what goes away. */
function renameScopes<Value>(
  map: Scoped<Value>,
  rename: (key: string) => string | null,
): Scoped<Value> {
  if (Object.keys(map).every((key) => rename(key) === key)) return map;
  const entries = Object.entries(map).flatMap(([key, value]): [string, Value][] => {
    const name = rename(key);
    return name === null ? [] : [[name, value]];
  });
  return Object.fromEntries(entries);
}

function renamed(draft: FormDraft, rename: (key: string) => string | null): FormDraft {
  return {
    data: draft.data,
    chosen: renameScopes(draft.chosen, rename),
    aside: renameScopes(draft.aside, rename),
  };
}

/** Records the variants that values on the way to an edit imply, before the edit blurs them. */
function withChoicesPinned(draft: FormDraft, schema: Schema, path: Path): FormDraft {
  const pinned: Record<string, number> = {};
  let at: unknown = draft.data;
  let part: unknown = schema;
  let scope = '';
  for (const step of [...path, null]) {
    const shape = resolveShape(part, at, { root: schema, chosen: draft.chosen, scope });
    for (const { key, chosen } of shape.unions) {
      const name = choiceKey(scope, key);
      if (chosen !== null && !Object.hasOwn(draft.chosen, name)) pinned[name] = chosen;
    }
    if (step === null) break;
    if (typeof step === 'number') {
      part = itemSchemaOf(shape.schema, step);
      scope = itemScope(scope, step);
      at = listOf(at)[step];
      continue;
    }
    const field = shape.fields.find(({ name }) => name === step);
    part = field?.schema ?? shape.schema.additionalProperties;
    scope = fieldScope(scope, step, field?.identity ?? '');
    at = ownOf(at, step);
  }
  if (Object.keys(pinned).length === 0) return draft;
  return { ...draft, chosen: { ...draft.chosen, ...pinned } };
}

function edited(
  schema: Schema,
  draft: FormDraft,
  path: Path,
  change: (draft: FormDraft) => FormDraft,
): FormDraft {
  const before = withChoicesPinned(draft, schema, path);
  return settleDraft(schema, before, change(before));
}

const withData = (draft: FormDraft, path: Path, value: unknown): FormDraft => ({
  ...draft,
  data: withValueAt(draft.data, path, value),
});

/** Gives a field a value, or none; a map's entry stays there without one. */
export function setValue({ path }: Spot, value: unknown, isEntry = false): Edit {
  return (draft, schema) =>
    edited(schema, draft, path, (before) => ({
      ...before,
      data: withValueAt(before.data, path, value, isEntry),
    }));
}

/** Chooses a variant, or (null) takes the choice back. What the former variant held goes aside. */
export function chooseVariant(
  { path, scope }: Spot,
  part: unknown,
  key: string,
  index: number | null,
  isEntry = false,
): Edit {
  return (draft, schema) =>
    edited(schema, draft, path, (before) => {
      const place = { root: schema, chosen: before.chosen, scope };
      const value = valueAt(before.data, path);
      const union = resolveShape(part, value, place).unions.find((each) => each.key === key);
      if (!union || union.chosen === index) return before;
      const name = choiceKey(scope, key);
      const { [name]: _old, ...others } = before.chosen;
      const chosen: Chosen = index === null ? others : { ...others, [name]: index };
      if (!union.isWhole) return { ...before, chosen };
      const aside = withAside(before.aside, name, union.chosen, value);
      const kept = index === null ? [] : aside[asideKey(name, index)];
      const next = kept ? kept[0] : initialValue(part, { root: schema, chosen, scope });
      return { chosen, aside, data: withValueAt(before.data, path, next, isEntry) };
    });
}

/** Where the value of a variant is kept while another one is chosen. */
const asideKey = (choice: string, variant: number) => `${choice}=${variant}`;

function withAside(
  aside: FormDraft['aside'],
  choice: string,
  variant: number | null,
  value: unknown,
): FormDraft['aside'] {
  if (variant === null) return aside;
  return { ...aside, [asideKey(choice, variant)]: value === undefined ? [] : [value] };
}

/** Adds an item at the end of a list, behind its first `places`, with the defaults of its schema. */
export function addItem({ path, scope }: Spot, items: unknown, places = 0): Edit {
  return (draft, schema) =>
    edited(schema, draft, path, (before) => {
      const list = [...listOf(valueAt(before.data, path))];
      while (list.length < places) list.push(undefined);
      const place = { root: schema, chosen: before.chosen, scope: itemScope(scope, list.length) };
      return withData(before, path, [...list, initialValue(items, place)]);
    });
}

/** The index an item has after a change of its list; null for one that is removed. */
type Reindex = (index: number) => number | null;

function reindexed(draft: FormDraft, scope: string, reindex: Reindex): FormDraft {
  return renamed(draft, (key) => {
    if (!isUnder(key, scope)) return key;
    const inner = key.slice(scope.length + 1);
    const digits = /^\d+(?=[/\n\t])/.exec(inner)?.[0];
    if (digits === undefined) return key;
    const index = reindex(Number(digits));
    return index === null ? null : `${scope}/${index}${inner.slice(digits.length)}`;
  });
}

export function removeItem({ path, scope }: Spot, index: number): Edit {
  return (draft, schema) => {
    const before = withChoicesPinned(draft, schema, [...path, index]);
    const list = listOf(valueAt(before.data, path));
    const kept = list.filter((_, at) => at !== index);
    const moved = reindexed(before, scope, (at) =>
      at === index ? null : at > index ? at - 1 : at,
    );
    return settleDraft(schema, before, withData(moved, path, kept));
  };
}

/** Swaps an item with the one before (-1) or after it (1). */
export function moveItem({ path, scope }: Spot, index: number, by: 1 | -1): Edit {
  return (draft, schema) => {
    const other = index + by;
    const pinned = withChoicesPinned(draft, schema, [...path, index]);
    const before = withChoicesPinned(pinned, schema, [...path, other]);
    const list = [...listOf(valueAt(before.data, path))];
    if (other < 0 || other >= list.length) return draft;
    [list[index], list[other]] = [list[other], list[index]];
    const moved = reindexed(before, scope, (at) =>
      at === index ? other : at === other ? index : at,
    );
    return withData(moved, path, list);
  };
}

/** Gives a map's entry another key, in its place. */
export function renameEntry({ path, scope }: Spot, from: string, to: string): Edit {
  return (draft, schema) => {
    const before = withChoicesPinned(draft, schema, [...path, from]);
    const map = valueAt(before.data, path);
    const entries = Object.entries(isSchema(map) ? map : {}).map(([key, value]) => [
      key === from ? to : key,
      value,
    ]);
    const old = fieldScope(scope, from, '');
    const moved = renamed(before, (key) =>
      isUnder(key, old) ? fieldScope(scope, to, '') + key.slice(old.length) : key,
    );
    return settleDraft(schema, before, withData(moved, path, Object.fromEntries(entries)));
  };
}

/** Adds an entry to a map under a key that no other entry has. */
export function addEntry({ path, scope }: Spot, key: string, part: unknown): Edit {
  return (draft, schema) =>
    edited(schema, draft, path, (before) => {
      const map = valueAt(before.data, path);
      const place = { root: schema, chosen: before.chosen, scope: fieldScope(scope, key, '') };
      const next: Schema = { ...(isSchema(map) ? map : {}) };
      defineOwn(next, key, initialValue(part, place));
      return withData(before, path, next);
    });
}

/** Takes a field, a map's entry or an optional group away, and all that belongs to it. */
export function removeValue({ path, scope }: Spot): Edit {
  return (draft, schema) =>
    edited(schema, draft, path, (before) =>
      withData(
        renamed(before, (key) => (isUnder(key, scope) ? null : key)),
        path,
        undefined,
      ),
    );
}
