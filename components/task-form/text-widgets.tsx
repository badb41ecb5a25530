'use client';

import type { WidgetProps } from '@rjsf/utils';
import { FieldFrame, inputProps } from './field-frame';
import { type Reading, useLazyText } from './pending-edits';
import classes from './task-form.module.css';

/** A field called `constructor` would otherwise show what every object inherits by that name. */
const asText = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';
const readText = (text: string): Reading => ({ value: text === '' ? undefined : text });

interface Kind {
  type: string;
  inputMode?: 'text' | 'decimal' | 'numeric' | 'email' | 'url' | 'tel';
  write?: (value: unknown) => string;
  read?: (text: string, input: HTMLElement | null) => Reading;
  spellCheck?: boolean;
}

function LineWidget({ kind, ...props }: WidgetProps & { kind: Kind }) {
  const field = useLazyText({
    id: props.id,
    value: props.value,
    write: kind.write ?? asText,
    read: kind.read ?? readText,
    onChange: props.onChange,
  });
  const faults = field.wrong ? [field.wrong] : (props.rawErrors ?? []);
  return (
    <FieldFrame widget={props} faults={faults}>
      <input
        {...inputProps(props, faults)}
        type={kind.type}
        inputMode={kind.inputMode}
        spellCheck={kind.spellCheck}
        dir={kind.type === 'text' ? 'auto' : undefined}
        autoComplete="off"
        value={field.text}
        onChange={(event) => field.onType(event.target.value, event.target)}
        onBlur={() => {
          field.onLeave();
          props.onBlur(props.id, props.value);
        }}
        {...limitsOf(props, kind)}
      />
      {props.schema.examples && Array.isArray(props.schema.examples) ? (
        <datalist id={`${props.id}__examples`}>
          {props.schema.examples.map((example) => (
            <option key={String(example)} value={String(example)} />
          ))}
        </datalist>
      ) : null}
    </FieldFrame>
  );
}

function limitsOf({ id, schema }: WidgetProps, kind: Kind) {
  const list = Array.isArray(schema.examples) ? `${id}__examples` : undefined;
  if (kind.type !== 'number') return { list };
  const isWhole = [schema.type].flat().includes('integer');
  return {
    list,
    min: schema.minimum,
    max: schema.maximum,
    step: schema.multipleOf ?? (isWhole ? 1 : 'any'),
  };
}

const TEXT: Kind = { type: 'text' };
const EMAIL: Kind = { type: 'text', inputMode: 'email', spellCheck: false };
const ADDRESS: Kind = { type: 'text', inputMode: 'url', spellCheck: false };
const DATE: Kind = { type: 'date' };

/** A number, or nothing; what the browser cannot read as one has an empty text and says so. */
function readNumber(text: string, input: HTMLElement | null): Reading {
  const isBad = input instanceof HTMLInputElement && input.validity.badInput;
  if (isBad || Number.isNaN(Number(text))) return { wrong: 'Give a number.' };
  return { value: text.trim() === '' ? undefined : Number(text) };
}

const NUMBER: Kind = { type: 'number', inputMode: 'decimal', read: readNumber };

const two = (value: number) => String(value).padStart(2, '0');

/** A moment as the person's own clock shows it, to the second where it has seconds. */
function localMoment(value: unknown): string {
  const moment = new Date(typeof value === 'string' ? value : Number.NaN);
  if (Number.isNaN(moment.getTime())) return '';
  const day = `${String(moment.getFullYear()).padStart(4, '0')}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
  const seconds = moment.getSeconds() > 0 ? `:${two(moment.getSeconds())}` : '';
  return `${day}T${two(moment.getHours())}:${two(moment.getMinutes())}${seconds}`;
}

function readMoment(text: string): Reading {
  if (text === '') return { value: undefined };
  const moment = new Date(text);
  if (Number.isNaN(moment.getTime())) return { wrong: 'Give a date and a time.' };
  return { value: moment.toISOString().replace('.000Z', 'Z') };
}

const MOMENT: Kind = { type: 'datetime-local', write: localMoment, read: readMoment };

/** A time of day is given without a place, so it stands for itself: in UTC. */
const TIME: Kind = {
  type: 'time',
  write: (value) => asText(value).replace(/(Z|[+-]\d\d:?\d\d)$/i, ''),
  read: (text) => ({
    value: text === '' ? undefined : `${text.length === 5 ? `${text}:00` : text}Z`,
  }),
};

export const TextWidget = (props: WidgetProps) => <LineWidget {...props} kind={TEXT} />;
export const EmailWidget = (props: WidgetProps) => <LineWidget {...props} kind={EMAIL} />;
export const AddressWidget = (props: WidgetProps) => <LineWidget {...props} kind={ADDRESS} />;
export const DateWidget = (props: WidgetProps) => <LineWidget {...props} kind={DATE} />;
export const MomentWidget = (props: WidgetProps) => <LineWidget {...props} kind={MOMENT} />;
export const TimeWidget = (props: WidgetProps) => <LineWidget {...props} kind={TIME} />;
export const NumberWidget = (props: WidgetProps) => <LineWidget {...props} kind={NUMBER} />;

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
        value={field.text}
        onChange={(event) => field.onType(event.target.value, event.target)}
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
        value={field.text}
        onChange={(event) => field.onType(event.target.value, event.target)}
        onBlur={field.onLeave}
      />
    </FieldFrame>
  );
}

/** What a JSON text means. */
export function readJson(text: string): Reading {
  if (text.trim() === '') return { value: undefined };
  try {
    return { value: JSON.parse(text) };
  } catch {
    return { wrong: 'This is not JSON yet: texts need double quotes, and no comma ends a list.' };
  }
}
