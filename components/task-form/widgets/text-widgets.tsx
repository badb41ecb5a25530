'use client';

import type { WidgetProps } from '@rjsf/utils';
import { FieldFrame, inputProps } from '@/components/task-form/fields/field-frame';
import { useLazyText } from '@/components/task-form/reading/pending-edits';
import { readJson } from '@/components/task-form/reading/read-json';
import classes from '@/components/task-form/task-form.module.css';
import { asText, isGiven, type LineKind, LineWidget, readText } from './line-widget';

const TEXT: LineKind = { type: 'text' };
const EMAIL: LineKind = { type: 'text', inputMode: 'email', spellCheck: false };
const ADDRESS: LineKind = { type: 'text', inputMode: 'url', spellCheck: false };

export const TextWidget = (props: WidgetProps) => <LineWidget {...props} kind={TEXT} />;
export const EmailWidget = (props: WidgetProps) => <LineWidget {...props} kind={EMAIL} />;
export const AddressWidget = (props: WidgetProps) => <LineWidget {...props} kind={ADDRESS} />;

/** Text of several lines; it grows with what is written. */
export function TextareaWidget(props: WidgetProps) {
  const field = useLazyText({
    id: props.id,
    value: props.value,
    write: asText,
    read: readText,
    onChange: props.onChange,
  });
  const faults = props.rawErrors ?? [];
  return (
    <FieldFrame widget={props} faults={faults}>
      <textarea
        {...inputProps(props, faults)}
        className={`${classes.input} ${classes.area}`}
        rows={2}
        dir="auto"
        data-given={isGiven(props, field.text, asText) || undefined}
        ref={field.inputRef}
        value={field.text}
        onChange={(event) => field.onType(event.target.value)}
        onBlur={() => {
          field.onLeave();
          props.onBlur(props.id, props.value);
        }}
      />
    </FieldFrame>
  );
}

/** Any JSON, for parts whose schema does not say what they are. */
export function JsonWidget(props: WidgetProps) {
  const field = useLazyText({
    id: props.id,
    value: props.value,
    write: (value) => (value === undefined ? '' : JSON.stringify(value, null, 2)),
    read: readJson,
    onChange: props.onChange,
    asTyped: true,
  });
  const faults = field.wrong ? [field.wrong] : (props.rawErrors ?? []);
  return (
    <FieldFrame widget={props} faults={faults}>
      <textarea
        {...inputProps(props, faults)}
        className={`${classes.input} ${classes.area} ${classes.json}`}
        data-json
        rows={3}
        spellCheck={false}
        placeholder={'Any JSON: "text", 12, true, ["a"], {"key": 1}'}
        ref={field.inputRef}
        value={field.text}
        onChange={(event) => field.onType(event.target.value)}
        onBlur={field.onLeave}
      />
    </FieldFrame>
  );
}
