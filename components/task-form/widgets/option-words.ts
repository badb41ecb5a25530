import type { WidgetProps } from '@rjsf/utils';

/** An option of a widget: a choice and its words. */
export interface Option {
  value: unknown;
  label: string;
  /** What the schema says of it; empty where it says nothing. */
  about: string;
}

type Schema = { [key: string]: unknown };

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Where a widget's choices are listed: in its own schema, or in that of a list's items. */
function listing(schema: Schema): Schema {
  return !Array.isArray(schema.enum) && isSchema(schema.items) ? schema.items : schema;
}

/** The options of a widget, with what a normalised schema says of each in `x-enum-descriptions`. */
export function optionsOf(props: Pick<WidgetProps, 'schema' | 'options'>): Option[] {
  const { enum: choices, ...words } = listing(props.schema as Schema);
  const values: unknown[] = Array.isArray(choices) ? choices : [];
  const said = (keyword: string, index: number) => {
    const list: unknown = words[keyword];
    const word: unknown = Array.isArray(list) ? list[index] : undefined;
    return typeof word === 'string' ? word : '';
  };
  const keys = values.map((value) => JSON.stringify(value));
  const given: { value: unknown; label?: string }[] =
    props.options.enumOptions ?? values.map((value) => ({ value }));
  return given.map(({ value, label }) => {
    const index = keys.indexOf(JSON.stringify(value));
    return {
      value,
      label: label ?? (said('x-enum-titles', index) || plainName(value)),
      about: said('x-enum-descriptions', index),
    };
  });
}

const plainName = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
