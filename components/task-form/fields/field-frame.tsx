import { ariaDescribedByIds, errorId, type WidgetProps } from '@rjsf/utils';
import type { ReactNode } from 'react';
import classes from '@/components/task-form/task-form.module.css';

/**
 * The star of a field that must be filled in. A field says so itself to screen readers; a group
 * cannot, so for it the word is `spoken`.
 */
export function RequiredMark(props: { required: boolean | undefined; spoken?: boolean }) {
  if (!props.required) return null;
  return (
    <>
      <span className="urgent" aria-hidden="true">
        {' '}
        *
      </span>
      {props.spoken ? <span className="visually-hidden"> (required)</span> : null}
    </>
  );
}

/** What is wrong with a field, tied to it by the id that its `aria-describedby` names. */
export function FieldFaults({ id, faults }: { id: string; faults: string[] }) {
  if (faults.length === 0) return null;
  return (
    <div id={errorId(id)} className={classes.fault}>
      {faults.join(' ')}
    </div>
  );
}

export function descriptionOf(props: WidgetProps): string | undefined {
  return props.options.description ?? props.schema.description;
}

/** Attributes that every input of a field has. */
export function inputProps(props: WidgetProps, faults: string[]) {
  const { id } = props;
  return {
    id,
    name: props.htmlName ?? id,
    className: classes.input,
    disabled: props.disabled || props.readonly,
    'aria-required': props.required || undefined,
    'aria-invalid': faults.length > 0 || undefined,
    'aria-describedby': ariaDescribedByIds(id),
    'aria-label': props.hideLabel ? props.label || 'Answer' : undefined,
    placeholder: props.placeholder || undefined,
    autoFocus: props.autofocus,
    onFocus: () => props.onFocus(id, props.value),
  };
}

/** Label, help, input and faults, in few elements, since a form may have hundreds of fields. */
export function FieldFrame(props: { widget: WidgetProps; faults: string[]; children: ReactNode }) {
  const { widget, faults } = props;
  const { id, label, hideLabel, required } = widget;
  const description = descriptionOf(widget);
  return (
    <div>
      {hideLabel || !label ? null : (
        <label className={classes.label} htmlFor={id}>
          {label}
          <RequiredMark required={required} />
        </label>
      )}
      {description && !hideLabel ? (
        <div className={classes.description} id={`${id}__description`}>
          {description}
        </div>
      ) : null}
      {props.children}
      <FieldFaults id={id} faults={faults} />
    </div>
  );
}
