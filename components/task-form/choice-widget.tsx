'use client';

import { Kbd } from '@mantine/core';
import { ariaDescribedByIds, enumOptionsIsSelected, optionId, type WidgetProps } from '@rjsf/utils';
import { FieldFaults, RequiredMark } from './field-frame';
import { ManyOptionsWidget } from './select-widget';
import classes from './task-form.module.css';
import { CHOICES_MAX, optionDescriptions, optionLabel } from './ui-schema';

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
  const descriptions = optionDescriptions(props);
  const isChosen = (option: unknown) =>
    many
      ? Array.isArray(value) && enumOptionsIsSelected(option, value)
      : value !== undefined && enumOptionsIsSelected(option, [value]);

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
  const isAnyChosen = !many && options.some((option) => isChosen(option.value));

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
        {options.map((option, index) => (
          <Option
            key={JSON.stringify(option.value)}
            id={optionId(id, index)}
            name={id}
            many={many}
            value={option.value}
            text={optionLabel(option.label, option.value)}
            about={descriptions[index]}
            shortcut={keyOf(option.value, index, isYesNo)}
            checked={isChosen(option.value)}
            disabled={enumDisabled.includes(option.value)}
            onChoose={() => choose(option.value)}
            onClear={() => props.onChange(undefined)}
            onFocus={() => props.onFocus(id, option.value)}
            onBlur={() => props.onBlur(id, option.value)}
          />
        ))}
      </div>
      {isAnyChosen && !required && !off ? (
        <button
          type="button"
          className={classes.clear}
          onClick={() => {
            props.onChange(undefined);
            // The button goes, and the cursor would go with it.
            document.getElementById(optionId(id, 0))?.focus();
          }}
        >
          Clear<span className="visually-hidden"> the answer to {label || 'this'}</span>
        </button>
      ) : null}
      <FieldFaults id={id} faults={rawErrors} />
    </fieldset>
  );
}

interface OptionProps {
  id: string;
  name: string;
  many: boolean;
  value: unknown;
  text: string;
  about: string | undefined;
  shortcut: string;
  checked: boolean;
  disabled: boolean;
  onChoose: () => void;
  onClear: () => void;
  onFocus: () => void;
  onBlur: () => void;
}

/**
 * One option. A chosen one is taken back by choosing it again, or by Delete: an answer that was
 * given by mistake can always be left open.
 */
function Option(props: OptionProps) {
  const { id, many, text, about, shortcut, checked } = props;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: it only keeps a double click from being two
    <label
      className={classes.option}
      data-checked={checked || undefined}
      onClick={(event) => {
        // The second click of a double click is no change of mind.
        if (!many && event.detail > 1) event.preventDefault();
      }}
    >
      <input
        id={id}
        type={many ? 'checkbox' : 'radio'}
        name={props.name}
        value={JSON.stringify(props.value)}
        checked={checked}
        disabled={props.disabled}
        data-key={shortcut || undefined}
        aria-labelledby={about ? `${id}__text` : undefined}
        aria-describedby={about ? `${id}__about` : undefined}
        onChange={props.onChoose}
        onClick={(event) => {
          if (!many && checked && event.detail < 2) props.onClear();
        }}
        onKeyDown={(event) => {
          if (many || !checked || (event.key !== 'Delete' && event.key !== 'Backspace')) return;
          event.preventDefault();
          props.onClear();
        }}
        onFocus={props.onFocus}
        onBlur={props.onBlur}
      />
      <span className={classes.optionText}>
        <span id={`${id}__text`}>{text}</span>
        {about ? (
          <span id={`${id}__about`} className={classes.optionAbout}>
            {about}
          </span>
        ) : null}
      </span>
      {shortcut ? (
        <Kbd size="xs" aria-hidden="true">
          {shortcut}
        </Kbd>
      ) : null}
    </label>
  );
}
