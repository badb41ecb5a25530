import { sameJson } from './check/assertions';
import { checkValue } from './check/check-value';

type Schema = Record<string, unknown>;

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

interface Field {
  schema: Schema;
  required: boolean;
}

/** Where the answer's parts are described: the schema and what applies beside it, active or not. */
interface Parts {
  active: Schema[];
  inactive: Schema[];
}

function partsOf(schema: Schema, value: unknown, root: Schema): Parts {
  const fits = (part: unknown) => checkValue(part, value, root).length === 0;
  const active: unknown[] = [...listOf(schema.allOf)];
  const inactive: unknown[] = [];
  if (schema.if !== undefined) {
    const holds = fits(schema.if);
    active.push(holds ? schema.then : schema.else);
    inactive.push(holds ? schema.else : schema.then);
  }
  const dependents = isSchema(schema.dependentSchemas) ? schema.dependentSchemas : {};
  for (const [name, part] of Object.entries(dependents)) {
    const isThere = isSchema(value) && value[name] !== undefined;
    (isThere ? active : inactive).push(part);
  }
  for (const variants of [listOf(schema.anyOf), listOf(schema.oneOf)]) {
    const fitting = variants.filter(fits);
    active.push(...(fitting.length > 0 ? fitting : variants));
  }
  const deeper = active.filter(isSchema).map((part) => partsOf(followed(part, root), value, root));
  return {
    active: [schema, ...deeper.flatMap((part) => part.active)],
    inactive: [...inactive.filter(isSchema), ...deeper.flatMap((part) => part.inactive)],
  };
}

function followed(schema: Schema, root: Schema): Schema {
  const name = typeof schema.$ref === 'string' ? schema.$ref.replace('#/$defs/', '') : null;
  const target = name !== null && isSchema(root.$defs) ? root.$defs[name] : undefined;
  return isSchema(target) ? target : schema;
}

function describes(part: Schema, name: string): Schema | null {
  const found = isSchema(part.properties) ? part.properties[name] : undefined;
  return isSchema(found) ? found : null;
}

function fieldOf(parts: Parts, name: string): Field {
  const described = parts.active.map((part) => describes(part, name)).find((part) => part !== null);
  const others = parts.active.map((part) => part.additionalProperties).find(isSchema);
  return {
    schema: described ?? others ?? {},
    required: parts.active.some((part) => listOf(part.required).includes(name)),
  };
}

function isLeftOver(parts: Parts, name: string): boolean {
  const isKnown = parts.active.some((part) => describes(part, name));
  return !isKnown && parts.inactive.some((part) => describes(part, name));
}

function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return isSchema(value) && Object.keys(value).length === 0;
}

const takesNull = (schema: Schema) => [schema.type].flat().includes('null');

/** Whether a value is only what the form gave from the start: nobody has filled anything in. */
function isUntouched(schema: Schema, value: unknown, root: Schema): boolean {
  const own = followed(schema, root);
  if (!isSchema(value)) return false;
  const parts = partsOf(own, value, root);
  return Object.entries(value).every(([name, part]) => {
    const field = followed(fieldOf(parts, name).schema, root);
    if (isSchema(part)) return isUntouched(field, part, root);
    if (part === null) return takesNull(field);
    return 'default' in field && sameJson(field.default, part);
  });
}

/**
 * Whether a group that may be left out is: it is empty, or holds nothing but defaults and lacks what
 * it needs, so that nobody can have meant it.
 */
function isLeftOut(field: Field, cleaned: unknown, root: Schema): boolean {
  const mayBeOut = !field.required || takesNull(followed(field.schema, root));
  return (
    mayBeOut &&
    isUntouched(field.schema, cleaned, root) &&
    checkValue(field.schema, cleaned, root).length > 0
  );
}

function cleanObject(schema: Schema, value: Schema, root: Schema): Schema {
  const parts = partsOf(schema, value, root);
  const names = new Set([
    ...Object.keys(value),
    ...parts.active.flatMap((part) =>
      Object.keys(isSchema(part.properties) ? part.properties : {}),
    ),
  ]);
  const kept: [string, unknown][] = [];
  for (const name of names) {
    if (isLeftOver(parts, name)) continue;
    const field = fieldOf(parts, name);
    const cleaned = clean(field.schema, Object.hasOwn(value, name) ? value[name] : undefined, root);
    const isOpen =
      cleaned === undefined ||
      (isEmpty(cleaned) && !('default' in field.schema)) ||
      isLeftOut(field, cleaned, root);
    if (!isOpen) kept.push([name, cleaned]);
    else if (field.required && takesNull(field.schema)) kept.push([name, null]);
    else if (field.required && cleaned !== undefined) kept.push([name, cleaned]);
  }
  return Object.fromEntries(kept);
}

function cleanList(schema: Schema, value: unknown[], root: Schema): unknown[] {
  const tuple = listOf(schema.prefixItems);
  const rest = isSchema(schema.items) ? schema.items : {};
  return value
    .map((each, index) => {
      const part = tuple[index];
      const cleaned = clean(isSchema(part) ? part : rest, each, root);
      return cleaned === undefined && takesNull(isSchema(part) ? part : rest) ? null : cleaned;
    })
    .filter((each, index) => each !== undefined || index < tuple.length)
    .filter(
      (each, index, all) => each !== undefined || all.slice(index).some((one) => one !== undefined),
    );
}

function clean(schema: unknown, value: unknown, root: Schema): unknown {
  const own = isSchema(schema) ? followed(schema, root) : {};
  if (Array.isArray(value)) return cleanList(own, value, root);
  if (isSchema(value)) return cleanObject(own, value, root);
  return typeof value === 'number' && Number.isNaN(value) ? undefined : value;
}

/**
 * The answer as it is handed in: fields left empty are left out, optional groups and lists without
 * content too, so that what a worker did not fill in is not held against them; a required field
 * that may be null is null. What was filled in for a condition that no longer holds is dropped.
 */
export function cleanAnswer(schema: Schema, value: unknown): unknown {
  const root = followed(schema, schema);
  const cleaned = clean(root, value, schema);
  return cleaned === undefined && [root.type].flat().includes('object') ? {} : cleaned;
}
