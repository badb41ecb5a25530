import { staticShapeOf } from '@/components/task-form/shape/collect-parts';
import {
  enumOf,
  isSchema,
  type Schema,
  takesNull,
  typesOf,
} from '@/components/task-form/shape/schema-parts';
import { namesOf, textWidget } from '@/components/task-form/ui-schema';

/** How a list of given choices is answered: which of them, in which order, or one after another. */
type ChoiceList = 'checkboxes' | 'ranking' | 'ordered';

/**
 * Whether a list's items are given choices, and how they are answered. Without `uniqueItems` order
 * and repeats say something; where each choice has to be given once, the order is all there is to say.
 */
export function choiceListOf(list: Schema, root: Schema): ChoiceList | null {
  const choices = enumOf(itemsOf(list, root));
  if (!choices || list.contains !== undefined) return null;
  if (list.$ui === 'ranking') return list.uniqueItems === true ? 'ranking' : 'ordered';
  if (list.uniqueItems !== true) return 'ordered';
  return Number(list.minItems ?? 0) >= choices.length && choices.length > 1
    ? 'ranking'
    : 'checkboxes';
}

function itemsOf(list: Schema, root: Schema): Schema {
  return isSchema(list.items) ? staticShapeOf(list.items, root).schema : {};
}

interface LeafWidget {
  widget: string;
  /** Whose choices are offered; the schema itself, or a list's items. */
  choices: { label: string; value: unknown }[] | null;
}

/** The widget that needs the fewest keys for a value of one kind. */
export function leafWidgetOf(schema: Schema, root: Schema): LeafWidget {
  const [type] = typesOf(schema);
  if (enumOf(schema)) return { widget: 'radio', choices: choicesOf(schema) };
  if (type === 'array') {
    const widget = choiceListOf(schema, root) ?? 'json';
    return { widget, choices: choicesOf(itemsOf(schema, root)) };
  }
  return { widget: widgetOfType(schema, type), choices: type === 'boolean' ? yesNo(schema) : null };
}

function widgetOfType(schema: Schema, type: string | undefined): string {
  switch (type) {
    case 'boolean':
      return 'radio';
    case 'integer':
    case 'number':
      return isBounded(schema) ? 'range' : 'updown';
    case 'string':
      return textWidget(schema);
    default:
      return 'json';
  }
}

function yesNo(schema: Schema) {
  const choices = [
    { label: 'Yes', value: true as unknown },
    { label: 'No', value: false },
  ];
  return takesNull(schema) ? [...choices, { label: 'None', value: null }] : choices;
}

function choicesOf(schema: Schema) {
  const names = namesOf(schema);
  return (enumOf(schema) ?? []).map((value, index) => ({
    label: names[index] ?? String(value),
    value,
  }));
}

/** Whether a slider can reach every number: bounds on both sides, and steps one can tell apart. */
function isBounded({ minimum, maximum, multipleOf, type }: Schema): boolean {
  if (typeof minimum !== 'number' || typeof maximum !== 'number' || maximum <= minimum)
    return false;
  const isWhole = [type].flat().includes('integer');
  const step = typeof multipleOf === 'number' ? multipleOf : isWhole ? 1 : null;
  return step !== null && (maximum - minimum) / step <= 200;
}
