'use client';

import { Kbd } from '@mantine/core';
import { ariaDescribedByIds, enumOptionsIsSelected, optionId, type WidgetProps } from '@rjsf/utils';
import { FieldFaults, RequiredMark } from './field-frame';
import { ManyOptionsWidget } from './select-widget';
import classes from './task-form.module.css';
import { CHOICES_MAX, optionLabel } from './ui-schema';

/** The key that chooses an option: its number, or y and n where the question is yes or no. */
function keyOf(value: unknown, index: number, isYesNo: boolean): string {
  if (isYesNo) return value === true ? 'y' : 'n';
  return index < CHOICES_MAX ? String(index + 1) : '';
}

/** One of a few answers: every option in sight, each with its key. */
export function ChoiceWidget(props: WidgetProps) {
  const options = props.options.enumOptions ?? [];
  if (options.length > CHOICES_MAX) return <ManyOptionsWidget {...props} />;
  return <Choices {...props} many={false} />;
}

/** Some of a few answers. */
export function ChoicesWidget(props: WidgetProps) {
  return <Choices {...props} many />;
}

function Choices(props: WidgetProps & { many: boolean }) {
  const { id, label, hideLabel, required, value, many, rawErrors = [] } = props;
  const options = props.options.enumOptions ?? [];
  const isYesNo =
    !many && options.length > 0 && options.every((option) => typeof option.value === 'boolean');
  const enumDisabled = props.options.enumDisabled ?? [];
  const off = props.disabled || props.readonly;
  const description = props.options.description ?? props.schema.description;

  // A group of checkboxes cannot be required as a whole; its legend says it.
  const radioGroup = {
    role: 'radiogroup',
    'aria-required': required || undefined,
    'aria-invalid': rawErrors.length > 0 || undefined,
  };

  function choose(chosen: unknown) {
    if (!many) return props.onChange(chosen);
    const former: unknown[] = Array.isArray(value) ? value : [];
    const next = enumOptionsIsSelected(chosen, former)
      ? former.filter((each) => !enumOptionsIsSelected(chosen, [each]))
      : [...former, chosen];
    return props.onChange(
      options.map((option) => option.value).filter((each) => enumOptionsIsSelected(each, next)),
    );
  }

  return (
    <fieldset
      id={id}
      className={classes.choice}
      data-choice={isYesNo ? 'yes-no' : 'digits'}
      data-many={many || undefined}
      {...(many ? {} : radioGroup)}
      aria-describedby={ariaDescribedByIds(id)}
      disabled={off}
    >
      {hideLabel || !label ? null : (
        <legend className={classes.legend}>
          {label}
          <RequiredMark required={required} spoken={many} />
        </legend>
      )}
      {description && !hideLabel ? (
        <div className={classes.description} id={`${id}__description`}>
          {description}
        </div>
      ) : null}
      <div className={isYesNo ? classes.pair : classes.options}>
        {options.map((option, index) => {
          const checked = many
            ? Array.isArray(value) && enumOptionsIsSelected(option.value, value)
            : value !== undefined && enumOptionsIsSelected(option.value, [value]);
          const key = keyOf(option.value, index, isYesNo);
          return (
            <label
              key={JSON.stringify(option.value)}
              className={classes.option}
              data-checked={checked || undefined}
            >
              <input
                id={optionId(id, index)}
                type={many ? 'checkbox' : 'radio'}
                name={id}
                value={JSON.stringify(option.value)}
                checked={checked}
                disabled={enumDisabled.includes(option.value)}
                data-key={key || undefined}
                onChange={() => choose(option.value)}
                onFocus={() => props.onFocus(id, option.value)}
                onBlur={() => props.onBlur(id, option.value)}
              />
              <span className={classes.optionText}>{optionLabel(option.label, option.value)}</span>
              {isYesNo || index < CHOICES_MAX ? (
                <Kbd size="xs" aria-hidden="true">
                  {key}
                </Kbd>
              ) : null}
            </label>
          );
        })}
      </div>
      <FieldFaults id={id} faults={rawErrors} />
    </fieldset>
  );
}
