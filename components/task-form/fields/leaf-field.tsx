'use client';

import { Button } from '@mantine/core';
import type { RJSFSchema, WidgetProps } from '@rjsf/utils';
import { type ComponentType, memo, useMemo } from 'react';
import { checkValue } from '../check/check-value';
import { isFreeText } from '../shape/answer-of';
import { setValue } from '../shape/edit-draft';
import { type Schema, takesNull, typesOf } from '../shape/schema-parts';
import classes from '../task-form.module.css';
import { domId, fieldIdOfPath } from './field-id';
import { type ShapedProps, useBasis, useFaults, useRegistry } from './form-context';
import { leafWidgetOf } from './leaf-widget';

/** Widgets that are as low as a line of text, for the cells of a table. */
const CELL_WIDGETS: Record<string, string> = { radio: 'select', range: 'updown' };

/** One value in one widget. */
export const LeafField = memo(function LeafField(props: ShapedProps) {
  const { shape, spot, value, isEntry } = props;
  const { schema: root, edit } = useBasis();
  const faults = useFaults(spot.path);
  const { schema } = shape;
  const { widget, choices } = useMemo(() => leafWidgetOf(schema, root), [schema, root]);
  const options = useMemo(() => ({ ...(choices ? { enumOptions: choices } : {}) }), [choices]);
  const change = useMemo(
    () => (next: unknown) => edit(setValue(spot, next, isEntry)),
    [edit, spot, isEntry],
  );
  const isBlank = value === undefined || (value === null && !takesNull(schema) && isTyped(schema));
  const named = shape.kind === 'anything' ? 'json' : widget;
  return (
    <>
      <PlainWidget
        widget={props.isCell ? (CELL_WIDGETS[named] ?? named) : named}
        id={fieldIdOfPath(spot.path)}
        label={props.label}
        hideLabel={props.hideLabel}
        required={props.required}
        schema={schema}
        options={options}
        value={isBlank ? undefined : value}
        faults={faults}
        onChange={change}
      />
      <EmptyText {...props} hasFaults={faults.length > 0} onChange={change} />
    </>
  );
});

const isTyped = (schema: Schema) => typesOf(schema).length > 0 || Array.isArray(schema.enum);

/** Lets a required text be given as empty, which leaving its box empty does not say. */
function EmptyText(
  props: ShapedProps & { hasFaults: boolean; onChange: (value: unknown) => void },
) {
  const { shape, required, value, hasFaults, onChange } = props;
  const { schema: root } = useBasis();
  const isText = required && isFreeText(shape.schema);
  // It goes together with the fault, so that nothing moves while a press leaves the field.
  if (!isText || !(value === '' || hasFaults)) return null;
  if (checkValue(props.schema, '', root).length > 0) return null;
  return (
    <div className={classes.note}>
      {value === '' ? 'Given as an empty text. ' : null}
      <Button
        variant="subtle"
        size="compact-xs"
        onClick={() => onChange(value === '' ? undefined : '')}
      >
        {value === '' ? 'Take back' : 'Leave it empty'}
        <span className="visually-hidden">: {props.label}</span>
      </Button>
    </div>
  );
}

interface PlainWidgetProps {
  widget: string;
  id: string;
  label: string;
  hideLabel?: boolean | undefined;
  required: boolean;
  schema: Schema;
  options: { enumOptions?: { label: string; value: unknown }[] };
  value: unknown;
  faults: string[];
  onChange: (value: unknown) => void;
}

const nothing = () => undefined;

/** A widget written for the form library's contract, with what these forms use of it. */
export function PlainWidget(props: PlainWidgetProps) {
  const { widget, schema, faults, ...rest } = props;
  const registry = useRegistry();
  const Widget = (registry.widgets[widget] ?? registry.widgets.json) as ComponentType<WidgetProps>;
  const isGiven = schema.default !== undefined;
  return (
    <Widget
      {...(rest as WidgetProps)}
      id={domId(props.id)}
      name={props.id}
      schema={schema as RJSFSchema}
      uiSchema={{}}
      registry={registry}
      rawErrors={faults}
      // Read-only is shown as given; with nothing given, it is the worker's to fill in.
      readonly={schema.readOnly === true && isGiven}
      disabled={false}
      onBlur={nothing}
      onFocus={nothing}
    />
  );
}
