import { sameJson } from '../check/assertions';
import { type Description, saysWhatItIs, staticShapeOf } from './collect-parts';
import { allOfSchemas } from './merge-schemas';
import { enumOf, type Schema, typesOf } from './schema-parts';

/**
 * The descriptions that decide what a field is. A branch that merely bounds a field which stands
 * there anyway is none of them, so that the field and what was typed into it stay the same.
 */
export function tellingOf(described: Description[], root: Schema): Description[] {
  const telling = described.filter(({ schema }) => saysWhatItIs(schema));
  const always = telling.filter(({ branch }) => branch.kind === 'always');
  if (always.length === 0 || always.length === telling.length) return telling;
  const base = staticShapeOf(allOfSchemas(always.map(({ schema }) => schema)), root);
  return telling.filter(({ schema, branch }) => {
    if (branch.kind === 'always') return true;
    const shape = staticShapeOf(schema, root);
    return shape.hasUnion || changesKind(shape.schema, shape.fields.size > 0, base.schema);
  });
}

function changesKind(schema: Schema, hasFields: boolean, base: Schema): boolean {
  const types = typesOf(schema);
  const baseTypes = typesOf(base);
  if (types.length > 0 && !sameJson(types, baseTypes)) return true;
  const choices = enumOf(schema);
  if (choices && !sameJson(choices, enumOf(base))) return true;
  if (schema.format !== undefined && schema.format !== base.format) return true;
  return hasFields && baseTypes.length > 0 && !baseTypes.includes('object');
}
