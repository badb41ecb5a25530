'use client';

import { Kbd } from '@mantine/core';
import { ariaDescribedByIds, type WidgetProps } from '@rjsf/utils';
import { useEffect, useRef, useState } from 'react';
import {
  descriptionOf,
  FieldFaults,
  RequiredMark,
} from '@/components/task-form/fields/field-frame';
import form from '@/components/task-form/task-form.module.css';
import { CHOICES_MAX, optionLabel } from '@/components/task-form/ui-schema';
import { type Option, optionsOf } from '@/components/task-form/widgets/option-words';
import { Icon } from '@/components/ui/icons';
import { inserted, moved, without } from './sequence';
import { type Dragged, useSequenceDrag } from './sequence-drag';
import { SequenceRow } from './sequence-row';
import classes from './sequence-widget.module.css';

/** Options in an order, each once. Nothing has a place until the worker gives it one. */
export function RankingWidget(props: WidgetProps) {
  return <Sequence {...props} repeats={false} />;
}

/** A list of given choices in an order, in which each may stand more than once. */
export function OrderedWidget(props: WidgetProps) {
  return <Sequence {...props} repeats />;
}

const keyOf = (value: unknown) => JSON.stringify(value);

function Sequence(props: WidgetProps & { repeats: boolean }) {
  const { id, label, hideLabel, required, repeats, rawErrors = [] } = props;
  const options = optionsOf(props);
  const entries: unknown[] = Array.isArray(props.value) ? props.value : [];
  const off = props.disabled || props.readonly;
  const maxItems = Number(props.schema.maxItems ?? Number.POSITIVE_INFINITY);
  const isFull = entries.length >= maxItems;
  const left = repeats ? options : options.filter(({ value }) => !holds(entries, value));
  const description = descriptionOf(props);
  const [said, say] = useState('');
  const frame = useRef<HTMLFieldSetElement>(null);
  const focus = useFocusAfter(frame);
  const wordsOf = (value: unknown) => {
    const option = options.find((each) => keyOf(each.value) === keyOf(value));
    return option ? optionLabel(option.label, option.value) : keyOf(value);
  };
  const change = (next: unknown[], words: string) => {
    say(words);
    props.onChange(next);
  };
  const add = (value: unknown, before = entries.length) => {
    if (off) return;
    if (isFull) say('The list is full.');
    else change(inserted(entries, value, before), `${wordsOf(value)} is number ${before + 1}.`);
  };
  const move = (from: number, before: number) => {
    const next = moved(entries, from, before);
    const to = before > from ? before - 1 : before;
    if (to !== from) change(next, `${wordsOf(entries[from])} is number ${to + 1}.`);
  };
  const remove = (index: number) => {
    change(without(entries, index), `${wordsOf(entries[index])} was taken out.`);
    focus(index < entries.length - 1 ? ['row', index, 0] : ['option', 0]);
  };
  const { list, drag, begin } = useSequenceDrag((what: Dragged, before) =>
    what.from === 'list' ? move(what.index, before) : add(what.value, before),
  );
  const draggedRow = drag?.what.from === 'list' ? drag.what.index : null;
  const draggedOption = drag?.what.from === 'options' ? keyOf(drag.what.value) : null;

  return (
    <fieldset
      id={id}
      ref={frame}
      className={form.choice}
      data-choice="digits"
      data-many
      data-sequence
      data-answered={entries.length > 0 || undefined}
      aria-describedby={ariaDescribedByIds(id)}
      disabled={off}
    >
      {hideLabel || !label ? null : (
        <legend className={form.legend}>
          {label}
          <RequiredMark required={required} spoken />
        </legend>
      )}
      {description && !hideLabel ? (
        <div className={form.description} id={`${id}__description`}>
          {description}
        </div>
      ) : null}
      <ol ref={list} className={classes.list} data-dragging={drag !== null || undefined}>
        {entries.map((value, index) => (
          <SequenceRow
            // biome-ignore lint/suspicious/noArrayIndexKey: an entry is its place; the same may stand twice
            key={index}
            words={wordsOf(value)}
            index={index}
            count={entries.length}
            off={off ?? false}
            drop={dropAt(drag?.before ?? null, index, entries.length)}
            offsetPx={draggedRow === index && drag ? drag.byY : null}
            onGrab={(event) => (off ? undefined : begin(event, { from: 'list', index }))}
            onMove={(by, tool) => {
              move(index, by < 0 ? index - 1 : index + 2);
              focus(['row', Math.min(entries.length - 1, Math.max(0, index + by)), tool]);
            }}
            onRemove={() => remove(index)}
          />
        ))}
        {entries.length === 0 ? (
          <li className={classes.empty} data-drop={drag?.before === 0 || undefined}>
            {repeats
              ? 'Nothing chosen yet. Press the options in the order you want; one may come again.'
              : 'Nothing ranked yet. Press the options in order, or drag them here.'}
          </li>
        ) : null}
      </ol>
      {left.length > 0 && !off ? (
        <fieldset className={classes.options} aria-label={`Options for ${label || 'this'}`}>
          {left.map((option, index) => (
            <OptionButton
              key={keyOf(option.value)}
              option={option}
              shortcut={shortcutOf(options, option)}
              isFull={isFull}
              offset={draggedOption === keyOf(option.value) && drag ? drag : null}
              onGrab={(event) => begin(event, { from: 'options', value: option.value })}
              onAdd={() => {
                add(option.value);
                // A ranked option goes from here; the cursor goes on to the next one.
                if (!repeats && !isFull) {
                  focus(
                    left.length > 1
                      ? ['option', index % (left.length - 1)]
                      : ['row', entries.length, 0],
                  );
                }
              }}
            />
          ))}
        </fieldset>
      ) : null}
      <div role="status" className="visually-hidden">
        {said}
      </div>
      <FieldFaults id={id} faults={rawErrors} />
    </fieldset>
  );
}

function holds(entries: unknown[], value: unknown): boolean {
  return entries.some((each) => keyOf(each) === keyOf(value));
}

function shortcutOf(options: Option[], option: Option): string {
  const place = options.indexOf(option);
  return place < CHOICES_MAX ? String(place + 1) : '';
}

function dropAt(before: number | null, index: number, count: number): 'before' | 'after' | null {
  if (before === index) return 'before';
  return before === count && index === count - 1 ? 'after' : null;
}

type Place = ['row', index: number, tool: number] | ['option', index: number];

/** Puts the cursor somewhere once the change that was just made is drawn. */
function useFocusAfter(frame: React.RefObject<HTMLElement | null>) {
  const wanted = useRef<Place | null>(null);
  useEffect(() => {
    const place = wanted.current;
    wanted.current = null;
    if (!place) return;
    const options = [...(frame.current?.querySelectorAll<HTMLElement>('[data-option]') ?? [])];
    const rows = [...(frame.current?.querySelectorAll('[data-row]') ?? [])];
    const [kind, index, tool] = place;
    const tools = [...(rows[index]?.querySelectorAll<HTMLElement>('button') ?? [])];
    const target = kind === 'row' ? (tools[tool ?? 0] ?? tools[0]) : options[index];
    target?.focus();
  });
  return (place: Place) => {
    wanted.current = place;
  };
}

function OptionButton(props: {
  option: Option;
  shortcut: string;
  isFull: boolean;
  offset: { byX: number; byY: number } | null;
  onGrab: (event: React.PointerEvent<HTMLElement>) => void;
  onAdd: () => void;
}) {
  const { option, shortcut, offset } = props;
  const words = optionLabel(option.label, option.value);
  return (
    <button
      type="button"
      data-option
      data-key={shortcut || undefined}
      className={classes.option}
      aria-disabled={props.isFull || undefined}
      data-dragged={offset ? true : undefined}
      style={offset ? { transform: `translate(${offset.byX}px, ${offset.byY}px)` } : undefined}
      onPointerDown={props.onGrab}
      onClick={props.onAdd}
    >
      <span className={classes.grip} data-grip aria-hidden="true">
        <Icon name="plus" size={14} />
      </span>
      <span className={classes.words}>
        {words}
        {option.about ? <span className={form.optionAbout}>{option.about}</span> : null}
      </span>
      {shortcut ? (
        <Kbd size="xs" aria-hidden="true">
          {shortcut}
        </Kbd>
      ) : null}
    </button>
  );
}
