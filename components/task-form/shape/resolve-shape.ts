import { verdictVersion } from '../check/slow-patterns';
import { ALWAYS, type Branch, PartCollector, staticShapeOf } from './collect-parts';
import { tellingOf } from './field-identity';
import { allOfSchemas } from './merge-schemas';
import { enumOf, isSchema, type Schema, takesNull, typesOf } from './schema-parts';
import { kindOf, type ShapeKind, withKnownType } from './shape-kind';
import {
  decidedVariant,
  unionKindOf,
  variantOfValue,
  variantsOfTypes,
  variantTitles,
} from './variants';

/** Chosen variants by the scope of the value and the union's place in its schema. */
export type Chosen = Readonly<Record<string, number>>;

export interface Union {
  key: string;
  keyword: 'anyOf' | 'oneOf';
  variants: unknown[];
  titles: string[];
  /** Null while nothing has been chosen. */
  chosen: number | null;
  /** Whether the value is the variant's alone, with no fields beside the union. */
  isWhole: boolean;
}

export interface Field {
  name: string;
  schema: unknown;
  required: boolean;
  /** The branches that say what the field is; what is typed into it is kept under this name. */
  identity: string;
  /** The one value it can have, which choosing the branch around it has said already. */
  given: { value: unknown } | null;
  /** Whether it is there only since a variant beside it was chosen. */
  isOfVariant: boolean;
}

/** What a schema comes to for one value: no references, conditions or unions are left. */
export interface Shape {
  /** `open`: a variant has to be chosen before it is known what the value is. */
  kind: ShapeKind;
  schema: Schema;
  fields: Field[];
  unions: Union[];
  /** The value itself is the constant of a chosen variant. */
  given: { value: unknown } | null;
}

export interface Place {
  root: Schema;
  chosen: Chosen;
  /** Names the value within the draft: its pointer, with the branches on the way to it. */
  scope: string;
}

export function choiceKey(scope: string, unionKey: string): string {
  return `${scope}\n${unionKey}`;
}

const escaped = (step: string) => step.replaceAll('~', '~0').replaceAll('/', '~1');

/** The scope of a field, or of a map's entry where the identity is empty. */
export function fieldScope(scope: string, name: string, identity: string): string {
  return `${scope}/${escaped(name)}${identity === '' ? '' : `\t${escaped(identity)}`}`;
}

export function itemScope(scope: string, index: number): string {
  return `${scope}/${index}`;
}

interface Remembered {
  value: unknown;
  chosen: Chosen;
  /** What was known of patterns, on which a condition may depend. */
  verdicts: number;
  shape: Shape;
}

const plainShapes = new WeakMap<object, Shape>();
/** The last two by scope, since a change is settled by comparing before and after. */
const lastShapes = new WeakMap<object, Map<string, Remembered[]>>();
const ANY: Schema = {};

/** What `schema` comes to for `value`. The same object for the same question, and cheap to ask. */
export function resolveShape(schema: unknown, value: unknown, place: Place): Shape {
  const own = isSchema(schema) ? schema : ANY;
  const plain = plainShapes.get(own);
  if (plain) return plain;
  const known = lastShapes.get(own) ?? new Map<string, Remembered[]>();
  const last = known.get(place.scope) ?? [];
  const verdicts = verdictVersion();
  const same = last.find(
    (each) => each.value === value && each.chosen === place.chosen && each.verdicts === verdicts,
  );
  if (same) return same.shape;
  const resolver = new Resolver(value, place);
  const shape = resolver.resolve(own);
  if (resolver.isConstant) plainShapes.set(own, shape);
  else {
    lastShapes.set(own, known);
    known.set(place.scope, [{ value, chosen: place.chosen, verdicts, shape }, ...last.slice(0, 1)]);
  }
  return shape;
}

class Resolver {
  private parts: PartCollector;
  private unions: Union[] = [];

  constructor(
    private value: unknown,
    private place: Place,
  ) {
    this.parts = new PartCollector(place.root, value);
  }

  /** Whether any value would come to the same shape. */
  get isConstant(): boolean {
    return (
      !this.parts.isDynamic &&
      this.parts.parts.every(({ schema }) => !isSchema(schema.dependentRequired))
    );
  }

  resolve(schema: Schema): Shape {
    this.parts.visit(schema, ALWAYS, '');
    for (let union = this.parts.pending.shift(); union; union = this.parts.pending.shift()) {
      this.meet(union.key, union.keyword, union.variants, union.branch);
    }
    const isOpen = () => this.unions.some(({ chosen, isWhole }) => isWhole && chosen === null);
    if (!isOpen()) this.splitTypes();
    const merged = withKnownType(this.parts.merged());
    const fields = this.fields(merged);
    const only = enumOf(merged);
    const isVariants = this.parts.parts.some(
      ({ schema: part, branch }) => branch.kind === 'variant' && enumOf(part)?.length === 1,
    );
    return {
      kind: isOpen() ? 'open' : kindOf(merged, fields.length > 0),
      schema: merged,
      fields,
      unions: this.unions,
      given: isVariants && only?.length === 1 ? { value: only[0] } : null,
    };
  }

  private meet(key: string, keyword: 'anyOf' | 'oneOf', all: unknown[], branch: Branch): void {
    const variants = all.filter((each) => each !== false);
    if (variants.length <= 1) {
      this.parts.visit(variants[0], branch, `${key}/0`);
      return;
    }
    const { root } = this.place;
    const shapes = variants.map((variant) => staticShapeOf(variant, root));
    const met = unionKindOf(this.parts, shapes);
    if (met.kind === 'bounds') return;
    if (met.kind === 'same') {
      this.parts.visit(met.schema, branch, key);
      return;
    }
    if (met.kind === 'decided') {
      const index = decidedVariant(shapes, met.by, this.value, root);
      if (index === null) return;
      const inside: Branch = {
        id: `${key}/${index}`,
        kind: branch.kind === 'variant' ? 'variant' : 'condition',
        deciding: new Set([...branch.deciding, ...met.by]),
      };
      this.parts.visit(variants[index], inside, inside.id);
      return;
    }
    this.ask(key, keyword, variants, branch);
  }

  private ask(key: string, keyword: 'anyOf' | 'oneOf', variants: unknown[], branch: Branch): void {
    const { root, chosen, scope } = this.place;
    const known = this.parts.knownNames();
    const isWhole = known.size === 0;
    const recorded = chosen[choiceKey(scope, key)];
    const index = recorded ?? this.guess(variants, known);
    this.unions.push({
      key,
      keyword,
      variants,
      titles: variantTitles(variants, root),
      chosen: index,
      isWhole,
    });
    if (index === null) return;
    const id = `${key}/${index}`;
    this.parts.visit(variants[index], { id, kind: 'variant', deciding: branch.deciding }, id);
  }

  /** The variant of a value that was given as a whole; nothing is guessed where there is none. */
  private guess(variants: unknown[], known: Set<string>): number | null {
    if (this.value === undefined) return null;
    if (known.size > 0) {
      const own = Object.keys(isSchema(this.value) ? this.value : {});
      const isOther = own.some(
        (name) =>
          !known.has(name) &&
          variants.some((each) => staticShapeOf(each, this.place.root).fields.has(name)),
      );
      if (!isOther) return null;
    }
    return variantOfValue(variants, this.value, this.place.root);
  }

  /** Several types without choices are a union of them. */
  private splitTypes(): void {
    const merged = this.parts.merged();
    const types = typesOf(merged);
    if (types.length < 2 || enumOf(merged)) return;
    if (types.every((type) => type === 'number' || type === 'integer')) {
      this.parts.visit(NUMBER, ALWAYS, '/type');
      return;
    }
    const all = takesNull(merged) ? [...types, 'null'] : types;
    this.parts.isDynamic = true;
    this.ask('/type', 'anyOf', variantsOfTypes(all), ALWAYS);
  }

  private fields(merged: Schema): Field[] {
    const fields: Field[] = [];
    for (const name of this.parts.names()) {
      const described = this.parts.describe(name);
      if (described.some(({ schema }) => schema === false)) continue;
      const schema = allOfSchemas(described.map((each) => each.schema));
      const required = this.parts.required.has(name);
      const telling = tellingOf(described, this.place.root);
      const identity = telling
        .map(({ branch }) => branch.id)
        .filter((id) => id !== '')
        .join('+');
      const kinds = telling.map(({ branch }) => branch.kind);
      const isSaid =
        kinds.includes('variant') || (required && !kinds.includes('always') && kinds.length > 0);
      fields.push({
        name,
        schema,
        required,
        identity,
        given: isSaid ? this.constantOf(schema) : null,
        isOfVariant: kinds.length > 0 && kinds.every((kind) => kind === 'variant'),
      });
    }
    for (const name of this.parts.required) {
      const isKnown = this.parts.names().has(name);
      if (isKnown || merged.additionalProperties === false) continue;
      const schema = isSchema(merged.additionalProperties) ? merged.additionalProperties : ANY;
      fields.push({
        name,
        schema,
        required: true,
        identity: '',
        given: null,
        isOfVariant: false,
      });
    }
    return fields;
  }

  private constantOf(schema: unknown): { value: unknown } | null {
    const only = enumOf(staticShapeOf(schema, this.place.root).schema);
    return only?.length === 1 ? { value: only[0] } : null;
  }
}

const NUMBER: Schema = { type: 'number' };
