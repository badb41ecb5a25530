import { staticShapeOf } from '@/components/task-form/shape/collect-parts';
import type { FormDraft } from '@/components/task-form/shape/draft';
import { stepsOf } from '@/components/task-form/shape/pointer';
import { fieldScope, itemScope, resolveShape } from '@/components/task-form/shape/resolve-shape';
import { listOf, ownOf, type Schema, typedNameOf } from '@/components/task-form/shape/schema-parts';
import { itemSchemaOf } from '@/components/task-form/shape/settle-draft';
import { entrySchemaOf } from '@/components/task-form/shape/shape-kind';
import { humanise } from '@/components/ui/values/humanise';

/** What a field is called: its title, or its name made readable. */
export function fieldTitle(schema: unknown, name: string, root: Schema): string {
  const { title } = staticShapeOf(schema, root).schema;
  return typeof title === 'string' && title !== '' ? title : humanise(name) || 'Nameless field';
}

/** What the items of a list are called, each with its number. */
export function itemsTitle(label: string, list: Schema, root: Schema): string {
  const { title } = staticShapeOf(list.items, root).schema;
  return typeof title === 'string' && title !== '' ? title : label;
}

/** What a place of a tuple is called. */
export function placeTitle(schema: unknown, index: number, root: Schema): string {
  const { title } = staticShapeOf(schema, root).schema;
  return typeof title === 'string' && title !== '' ? title : `Part ${index + 1}`;
}

/** What the field at a pointer is called, with the rows it stands in: `Row 3 of Lines, Quantity`. */
export function labelOfPointer(schema: Schema, draft: FormDraft, pointer: string): string {
  let part: unknown = schema;
  let value: unknown = draft.data;
  let scope = '';
  let label = fieldTitle(schema, 'Answer', schema);
  const rows: string[] = [];
  for (const step of stepsOf(pointer)) {
    const shape = resolveShape(part, value, { root: schema, chosen: draft.chosen, scope });
    if (shape.kind === 'list' || shape.kind === 'tuple') {
      const index = Number(step);
      part = itemSchemaOf(shape.schema, index);
      value = listOf(value)[index];
      scope = itemScope(scope, index);
      const item = resolveShape(part, value, { root: schema, chosen: draft.chosen, scope });
      const isPlace = index < listOf(shape.schema.prefixItems).length;
      if (isPlace) {
        rows.push(label);
        label = placeTitle(part, index, schema);
      } else if (item.kind === 'object' || item.kind === 'tuple' || item.kind === 'list') {
        rows.push(`Row ${index + 1} of ${label}`);
        label = '';
      } else label = `${itemsTitle(label, shape.schema, schema)} ${index + 1}`;
      continue;
    }
    const field = shape.fields.find(({ name }) => name === step);
    part = field?.schema ?? entrySchemaOf(shape.schema, step, () => false);
    value = ownOf(value, step);
    scope = fieldScope(scope, step, field?.identity ?? '');
    label = field ? fieldTitle(part, step, schema) : (typedNameOf(step) ?? step) || 'New entry';
  }
  return [...rows, label].filter(Boolean).join(', ');
}
