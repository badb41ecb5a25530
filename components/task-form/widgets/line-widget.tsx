'use client';

import type { WidgetProps } from '@rjsf/utils';
import type { KeyboardEvent, ReactNode } from 'react';
import { FieldFrame, inputProps } from '@/components/task-form/fields/field-frame';
import { type Reading, useLazyText } from '@/components/task-form/reading/pending-edits';
import classes from '@/components/task-form/task-form.module.css';

/** A field called `constructor` would otherwise show what every object inherits by that name. */
export const asText = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';
export const readText = (text: string): Reading => ({ value: text === '' ? undefined : text });

/** How one line of text is typed, shown and read. */
export interface LineKind {
  type: string;
  inputMode?: 'text' | 'decimal' | 'numeric' | 'email' | 'url' | 'tel';
  write?: (value: unknown) => string;
  read?: (text: string, input: HTMLElement | null) => Reading;
  settle?: (value: unknown) => unknown;
  spellCheck?: boolean;
  /** The last day or moment that a box offers. */
  max?: string;
  /** Attributes of the input that only this kind has. */
  attributes?: React.InputHTMLAttributes<HTMLInputElement>;
  onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void;
  /** Stands beside the box, and is read out with it. */
  note?: ReactNode;
}

/** Whether a box shows just what its schema gave, so that nobody has typed it. */
export function isGiven(
  { schema }: Pick<WidgetProps, 'schema'>,
  text: string,
  write: (value: unknown) => string,
): boolean {
  return schema.default !== undefined && text === write(schema.default);
}

/** One line of text, whatever it stands for. */
export function LineWidget({ kind, ...props }: WidgetProps & { kind: LineKind }) {
  const write = kind.write ?? asText;
  const field = useLazyText({
    id: props.id,
    value: props.value,
    write,
    read: kind.read ?? readText,
    onChange: props.onChange,
    ...(kind.settle ? { settle: kind.settle } : {}),
  });
  const faults = field.wrong ? [field.wrong] : (props.rawErrors ?? []);
  const examples = Array.isArray(props.schema.examples) ? props.schema.examples : null;
  const noteId = `${props.id}__note`;
  const attributes = inputProps(props, faults);
  return (
    <FieldFrame widget={props} faults={faults}>
      <input
        {...attributes}
        {...kind.attributes}
        aria-describedby={
          kind.note ? `${attributes['aria-describedby']} ${noteId}` : attributes['aria-describedby']
        }
        ref={field.inputRef}
        data-given={isGiven(props, field.text, write) || undefined}
        type={kind.type}
        inputMode={kind.inputMode}
        spellCheck={kind.spellCheck}
        max={kind.max}
        dir={kind.type === 'text' ? 'auto' : undefined}
        autoComplete="off"
        list={examples ? `${props.id}__examples` : undefined}
        value={field.text}
        onKeyDown={kind.onKeyDown}
        onChange={(event) => field.onType(event.target.value)}
        onBlur={() => {
          field.onLeave();
          props.onBlur(props.id, props.value);
        }}
      />
      {kind.note ? (
        <div id={noteId} className={classes.note}>
          {kind.note}
        </div>
      ) : null}
      {examples ? (
        <datalist id={`${props.id}__examples`}>
          {examples.map((example) => (
            <option key={String(example)} value={String(example)} />
          ))}
        </datalist>
      ) : null}
    </FieldFrame>
  );
}
