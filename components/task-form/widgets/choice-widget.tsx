'use client';

import { Kbd } from '@mantine/core';
import { ariaDescribedByIds, optionId, type WidgetProps } from '@rjsf/utils';
import { sameJson } from '@/components/task-form/check/assertions';
import { FieldFaults, RequiredMark } from '@/components/task-form/fields/field-frame';
import classes from '@/components/task-form/task-form.module.css';
import { CHOICES_MAX, optionLabel } from '@/components/task-form/ui-schema';
import { optionsOf } from './option-words';
import { ManyOptionsWidget } from './select-widget';

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
  const options = optionsOf(props);
  const isYesNo =
    !many && options.length > 0 && options.every((option) => typeof option.value === 'boolean');
  const off = props.disabled || props.readonly;
  const description = props.options.description ?? props.schema.description;
  const chosen: unknown[] = many ? (Array.isArray(value) ? value : []) : [value];
  const isChosen = (option: unknown) => chosen.some((each) => sameJson(each, option));

  // A group of checkboxes cannot be required as a whole; its legend says it.
  const radioGroup = {
    role: 'radiogroup',
    'aria-required': required || undefined,
    'aria-invalid': rawErrors.length > 0 || undefined,
  };

  function choose(option: unknown) {
    if (!many) return props.onChange(option);
    const values = options.map((each) => each.value);
    return props.onChange(
      values.filter((each) => (sameJson(each, option) ? !isChosen(each) : isChosen(each))),
    );
  }
  const canBeCleared = !many && !required && !off && value !== undefined;

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
            about={option.about}
            shortcut={keyOf(option.value, index, isYesNo)}
            checked={isChosen(option.value)}
            onChoose={() => choose(option.value)}
            onClear={() => props.onChange(undefined)}
            onFocus={() => props.onFocus(id, option.value)}
            onBlur={() => props.onBlur(id, option.value)}
          />
        ))}
      </div>
      {canBeCleared ? (
        <ClearButton
          label={label}
          onClear={() => {
            props.onChange(undefined);
            // The button goes, and the cursor would go with it.
            document.getElementById(optionId(id, 0))?.focus();
          }}
        />
      ) : null}
      <FieldFaults id={id} faults={rawErrors} />
    </fieldset>
  );
}

function ClearButton({ label, onClear }: { label: string; onClear: () => void }) {
  return (
    <button type="button" className={classes.clear} onClick={onClear}>
      Clear<span className="visually-hidden"> the answer to {label || 'this'}</span>
    </button>
  );
}

interface OptionProps {
  id: string;
  name: string;
  many: boolean;
  value: unknown;
  text: string;
  about: string;
  shortcut: string;
  checked: boolean;
  onChoose: () => void;
  onClear: () => void;
  onFocus: () => void;
  onBlur: () => void;
}

/** A browser's own radio does nothing on Space once it is chosen. */
const TAKES_BACK = new Set(['Delete', 'Backspace', ' ']);

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
        data-key={shortcut || undefined}
        aria-labelledby={about ? `${id}__text` : undefined}
        aria-describedby={about ? `${id}__about` : undefined}
        onChange={props.onChoose}
        onClick={(event) => {
          if (!many && checked && event.detail < 2) props.onClear();
        }}
        onKeyDown={(event) => {
          if (many || !checked || event.repeat || !TAKES_BACK.has(event.key)) return;
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
