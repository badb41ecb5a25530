import { Button } from '@mantine/core';
import {
  canExpand,
  descriptionId,
  type FieldProps,
  type ObjectFieldTemplateProps,
  titleId,
} from '@rjsf/utils';
import { Icon } from '@/components/ui/icons';
import { RequiredMark } from './field-frame';
import { domId } from './field-id';
import classes from './task-form.module.css';
import { JsonWidget } from './text-widgets';

/** From here on, fields out of sight are laid out only when they come near. */
const MANY_FIELDS = 40;

/** A group of fields: plain at the root, framed and named further down. */
export function ObjectTemplate(props: ObjectFieldTemplateProps) {
  const { title, description, properties, fieldPathId, schema, uiSchema, formData } = props;
  const id = domId(fieldPathId.$id);
  const isRoot = fieldPathId.path.length === 0;
  const shown = properties.filter((each) => !each.hidden);
  const fields = (
    <>
      {description ? (
        <div className={classes.description} id={domId(descriptionId(fieldPathId))}>
          {description}
        </div>
      ) : null}
      <div className={classes.fields} data-many={shown.length > MANY_FIELDS || undefined}>
        {shown.map((each) => (
          <div key={each.name}>{each.content}</div>
        ))}
      </div>
      {canExpand(schema, uiSchema, formData) && !props.disabled && !props.readonly ? (
        <Button
          id={`${id}__add`}
          className={shown.length > 0 ? classes.add : undefined}
          variant="default"
          size="xs"
          leftSection={<Icon name="plus" size={14} />}
          onClick={props.onAddProperty}
        >
          {shown.length === 0 ? 'Add an entry' : 'Add another'}
        </Button>
      ) : null}
    </>
  );
  if (isRoot || !title) return <div id={id}>{fields}</div>;
  return (
    <fieldset
      id={id}
      className={classes.group}
      aria-describedby={description ? domId(descriptionId(fieldPathId)) : undefined}
    >
      <legend id={domId(titleId(fieldPathId))} className={classes.groupTitle}>
        {title}
        <RequiredMark required={props.required} spoken />
      </legend>
      {fields}
    </fieldset>
  );
}

/** A part whose schema does not say what it is, given as JSON. */
export function JsonField(props: FieldProps) {
  const { fieldPathId, schema, uiSchema, registry, required, disabled, readonly } = props;
  const label = String(uiSchema?.['ui:title'] ?? schema.title ?? props.name ?? 'Answer');
  return (
    <JsonWidget
      id={domId(fieldPathId.$id)}
      name={props.name}
      label={label}
      schema={schema}
      uiSchema={uiSchema}
      options={{}}
      registry={registry}
      required={required}
      disabled={disabled}
      readonly={readonly}
      rawErrors={props.rawErrors}
      value={props.formData}
      onChange={(value: unknown) => props.onChange(value, fieldPathId.path)}
      onBlur={() => undefined}
      onFocus={() => undefined}
    />
  );
}
