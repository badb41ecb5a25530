import { checkValue } from '../check/check-value';
import { allOfSchemas, mergeKeywords, withNull } from './merge-schemas';
import {
  enumOf,
  isSchema,
  listOf,
  ownOf,
  plainValue,
  referenceTarget,
  type Schema,
  typesOf,
} from './schema-parts';

/** Why a part applies: always, while a condition holds, or because a variant was chosen. */
export interface Branch {
  /** Its place in the schema; empty for what always applies. */
  id: string;
  kind: 'always' | 'condition' | 'variant';
  /** Fields that decide the branch: it does not narrow their choices, or they could not be changed. */
  deciding: ReadonlySet<string>;
}

export const ALWAYS: Branch = { id: '', kind: 'always', deciding: new Set() };

export interface Part {
  schema: Schema;
  branch: Branch;
}

export interface PendingUnion {
  key: string;
  keyword: 'anyOf' | 'oneOf';
  variants: unknown[];
  branch: Branch;
}

/** What one part of a schema says of a field. */
export interface Description {
  schema: unknown;
  branch: Branch;
}

/** Keywords that say what kind of field a schema is, rather than only bound it. */
const TELLING = [
  'type',
  'enum',
  'const',
  'format',
  'properties',
  'items',
  'prefixItems',
  'patternProperties',
  '$ref',
  'allOf',
  'anyOf',
  'oneOf',
];

export function saysWhatItIs(schema: unknown): boolean {
  return isSchema(schema) && TELLING.some((keyword) => keyword in schema);
}

const KEY_CHARS_MAX = 400;

/** Gathers every part of a schema that applies to one value. */
export class PartCollector {
  parts: Part[] = [];
  pending: PendingUnion[] = [];
  required = new Set<string>();
  /** Whether something else would apply to another value. */
  isDynamic = false;
  private mayBeNull = false;
  private followed = new Set<string>();

  /** @param value undefined together with `isStatic` collects only what applies to any value. */
  constructor(
    private root: Schema,
    private value: unknown,
    private isStatic = false,
  ) {}

  visit(schema: unknown, branch: Branch, key: string): void {
    if (!isSchema(schema) || key.length > KEY_CHARS_MAX) return;
    if (typeof schema.$ref === 'string') {
      const once = `${branch.id} ${schema.$ref}`;
      if (!this.followed.has(once)) {
        this.followed.add(once);
        this.visit(referenceTarget(this.root, schema.$ref), branch, `${key}/$ref`);
      }
    }
    listOf(schema.allOf).forEach((part, index) => {
      this.visit(part, branch, `${key}/allOf/${index}`);
    });
    // What stands beside a reference or an `allOf` has the last word.
    this.parts.push({ schema, branch });
    for (const name of listOf(schema.required)) this.required.add(String(name));
    this.visitConditions(schema, branch, key);
    for (const keyword of ['anyOf', 'oneOf'] as const) {
      const variants = schema[keyword];
      if (!Array.isArray(variants)) continue;
      const only = nullableOf(variants, this.root);
      if (only !== null) {
        // `T or null` is T, which may be left empty.
        this.mayBeNull = true;
        this.visit(only, branch, `${key}/${keyword}`);
        continue;
      }
      this.isDynamic = true;
      this.pending.push({ key: `${key}/${keyword}`, keyword, variants, branch });
    }
  }

  /** What the parts met so far say of a field. */
  describe(name: string): Description[] {
    const found: Description[] = [];
    for (const { schema, branch } of this.parts) {
      const described = ownOf(schema.properties, name);
      if (described === undefined) continue;
      if (branch.deciding.has(name) && found.length > 0) continue;
      found.push({ schema: described, branch });
    }
    return found;
  }

  /** Fields in the order in which the parts name them. */
  names(): Set<string> {
    return new Set(
      this.parts.flatMap(({ schema }) =>
        isSchema(schema.properties) ? Object.keys(schema.properties) : [],
      ),
    );
  }

  /** Fields of which it is known what they are. */
  knownNames(): Set<string> {
    return new Set(
      [...this.names()].filter((name) =>
        this.describe(name).some(({ schema }) => saysWhatItIs(schema)),
      ),
    );
  }

  merged(): Schema {
    const merged = mergeKeywords(this.parts.map(({ schema }) => schema));
    return this.mayBeNull ? withNull(merged) : merged;
  }

  private branch(from: Branch, key: string, deciding: Iterable<string>): Branch {
    const kind = from.kind === 'variant' ? 'variant' : 'condition';
    return { id: key, kind, deciding: new Set([...from.deciding, ...deciding]) };
  }

  private has(name: string): boolean {
    const value = ownOf(this.value, name);
    return value !== undefined && value !== null && value !== '';
  }

  private visitConditions(schema: Schema, branch: Branch, key: string): void {
    if (schema.if !== undefined) {
      this.isDynamic = true;
      if (!this.isStatic) {
        const taken = this.fits(schema.if) ? 'then' : 'else';
        const inside = this.branch(branch, `${key}/${taken}`, fieldsOf(schema.if));
        this.visit(schema[taken], inside, inside.id);
      }
    }
    const dependents = isSchema(schema.dependentSchemas) ? schema.dependentSchemas : {};
    for (const [name, part] of Object.entries(dependents)) {
      this.isDynamic = true;
      if (this.isStatic || !this.has(name)) continue;
      const inside = this.branch(branch, `${key}/dependentSchemas/${name}`, [name]);
      this.visit(part, inside, inside.id);
    }
    const needed = isSchema(schema.dependentRequired) ? schema.dependentRequired : {};
    for (const [name, others] of Object.entries(needed)) {
      if (this.has(name)) for (const other of listOf(others)) this.required.add(String(other));
    }
  }

  fits(schema: unknown): boolean {
    const value = this.value === undefined ? {} : plainValue(this.value);
    return checkValue(schema, value, this.root).length === 0;
  }
}

/** The one variant besides null, if it says itself what it is. */
function nullableOf(variants: unknown[], root: Schema): unknown {
  const others = variants.filter((variant) => !isSchema(variant) || variant.type !== 'null');
  if (others.length !== 1 || variants.length !== 2) return null;
  const { schema, hasUnion } = staticShapeOf(others[0], root);
  return !hasUnion && (typesOf(schema).length === 1 || enumOf(schema)) ? others[0] : null;
}

/** The fields that a condition asks about. */
function fieldsOf(condition: unknown): string[] {
  if (!isSchema(condition)) return [];
  const parts = ['allOf', 'anyOf', 'oneOf'].flatMap((keyword) => listOf(condition[keyword]));
  return [
    ...Object.keys(isSchema(condition.properties) ? condition.properties : {}),
    ...[...parts, condition.not].flatMap(fieldsOf),
  ];
}

/** What a schema says of every value, whatever its conditions and unions add. */
export interface StaticShape {
  schema: Schema;
  fields: Map<string, unknown>;
  required: ReadonlySet<string>;
  isDynamic: boolean;
  hasUnion: boolean;
}

const staticShapes = new WeakMap<object, StaticShape>();
const NO_SHAPE: StaticShape = {
  schema: {},
  fields: new Map(),
  required: new Set(),
  isDynamic: false,
  hasUnion: false,
};

export function staticShapeOf(schema: unknown, root: Schema): StaticShape {
  if (!isSchema(schema)) return NO_SHAPE;
  const known = staticShapes.get(schema);
  if (known) return known;
  // A schema that leads straight back to itself says nothing more.
  staticShapes.set(schema, NO_SHAPE);
  const collector = new PartCollector(root, undefined, true);
  collector.visit(schema, ALWAYS, '');
  const fields = [...collector.names()].map((name): [string, unknown] => [
    name,
    allOfSchemas(collector.describe(name).map((each) => each.schema)),
  ]);
  const made = {
    schema: collector.merged(),
    fields: new Map(fields),
    required: collector.required,
    isDynamic: collector.isDynamic,
    hasUnion: collector.pending.length > 0,
  };
  staticShapes.set(schema, made);
  return made;
}
