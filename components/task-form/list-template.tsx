'use client';

import { ActionIcon, Button } from '@mantine/core';
import {
  type ArrayFieldItemTemplateProps,
  type ArrayFieldTemplateProps,
  descriptionId,
  getUiOptions,
  titleId,
} from '@rjsf/utils';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Icon } from '@/components/ui/icons';
import { RequiredMark } from './field-frame';
import { domId } from './field-id';
import classes from './task-form.module.css';

const FIELDS = 'input:enabled, textarea:enabled, select:enabled';

/** A list of entries that can be added, removed and moved, by mouse and by keyboard. */
export function ListTemplate(props: ArrayFieldTemplateProps) {
  const { items, canAdd, disabled, readonly, schema, uiSchema, fieldPathId } = props;
  const options = getUiOptions(uiSchema);
  const id = domId(fieldPathId.$id);
  const title = options.title ?? props.title;
  const description = options.description ?? schema.description;
  const frame = useRef<HTMLFieldSetElement>(null);
  const added = useRef(false);
  const [said, say] = useState('');
  const count = items.length;
  // Whoever adds an entry wants to write it.
  useEffect(() => {
    if (!added.current) return;
    added.current = false;
    entryAt(frame.current, count - 1)
      ?.querySelector<HTMLElement>(FIELDS)
      ?.focus();
  }, [count]);
  const add = () => {
    added.current = true;
    say(`Entry ${count + 1} added.`);
    props.onAddClick();
  };
  return (
    <fieldset
      id={id}
      ref={frame}
      className={classes.group}
      aria-describedby={description ? domId(descriptionId(fieldPathId)) : undefined}
    >
      {title ? (
        <legend id={domId(titleId(fieldPathId))} className={classes.groupTitle}>
          {title}
          <RequiredMark required={props.required} spoken />
        </legend>
      ) : null}
      {description ? (
        <div className={classes.description} id={domId(descriptionId(fieldPathId))}>
          {description}
        </div>
      ) : null}
      <div className={classes.entries}>{items}</div>
      <div role="status" className="visually-hidden">
        {said}
      </div>
      {canAdd && !disabled && !readonly ? (
        <Button
          id={`${id}__add`}
          variant="default"
          size="xs"
          leftSection={<Icon name="plus" size={14} />}
          onClick={add}
        >
          {count === 0 ? 'Add an entry' : 'Add another'}
        </Button>
      ) : null}
    </fieldset>
  );
}

function entryAt(list: HTMLElement | null, index: number): Element | undefined {
  return [...(list?.querySelectorAll(':scope > div > [data-entry]') ?? [])][index];
}

/** One entry of a list. Alt with an arrow key moves it, wherever in it the cursor is. */
export function ListItemTemplate(props: ArrayFieldItemTemplateProps) {
  const { index, totalItems, buttonsProps: buttons, children, hasToolbar } = props;
  const off = props.disabled || props.readonly;
  const frame = useRef<HTMLDivElement>(null);
  const place = `entry ${index + 1} of ${totalItems}`;
  const move = (by: 1 | -1, event?: React.SyntheticEvent) => {
    if (by < 0 ? !buttons.hasMoveUp : !buttons.hasMoveDown) return;
    const list = frame.current?.closest('fieldset') ?? null;
    const at = document.activeElement;
    const inside = at
      ? [...(frame.current?.querySelectorAll(`${FIELDS}, button`) ?? [])].indexOf(at)
      : -1;
    (by < 0 ? buttons.onMoveUpItem : buttons.onMoveDownItem)(event);
    // The cursor goes with the entry, so that it can be moved on.
    requestAnimationFrame(() => {
      const entry = entryAt(list, index + by);
      const fields = [...(entry?.querySelectorAll<HTMLElement>(`${FIELDS}, button`) ?? [])];
      (fields[inside] ?? fields[0])?.focus();
    });
  };
  const remove = (event: React.SyntheticEvent) => {
    const list = frame.current?.closest('fieldset') ?? null;
    buttons.onRemoveItem(event);
    // The cursor would be lost with what it stood on.
    requestAnimationFrame(() => {
      const next = entryAt(list, Math.min(index, totalItems - 2));
      const to =
        next?.querySelector<HTMLElement>(FIELDS) ?? list?.querySelector<HTMLElement>('button');
      to?.focus();
    });
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the fields inside it are heard here
    <div
      ref={frame}
      data-entry
      className={classes.entry}
      onKeyDown={(event) => {
        if (off || !event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
        event.preventDefault();
        event.stopPropagation();
        move(event.key === 'ArrowUp' ? -1 : 1, event);
      }}
    >
      <div className={classes.entryBody}>{children}</div>
      {hasToolbar && !off ? (
        <div className={classes.entryTools}>
          {buttons.hasMoveUp || buttons.hasMoveDown ? (
            <>
              <Tool
                label={`Move ${place} up`}
                off={!buttons.hasMoveUp}
                onClick={(e) => move(-1, e)}
              >
                <Icon name="up" size={14} />
              </Tool>
              <Tool
                label={`Move ${place} down`}
                off={!buttons.hasMoveDown}
                onClick={(e) => move(1, e)}
              >
                <Icon name="down" size={14} />
              </Tool>
            </>
          ) : null}
          {buttons.hasRemove ? (
            <Tool label={`Remove ${place}`} onClick={remove}>
              <Icon name="cross" size={14} />
            </Tool>
          ) : null}
        </div>
      ) : null}
    </div>
  );
}

function Tool(props: {
  label: string;
  off?: boolean;
  onClick: (event: React.SyntheticEvent) => void;
  children: ReactNode;
}) {
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="md"
      aria-label={props.label}
      title={props.label}
      // A button that goes away under the cursor would lose it; this one only stops working.
      aria-disabled={props.off || undefined}
      data-disabled={props.off || undefined}
      onClick={(event) => (props.off ? undefined : props.onClick(event))}
    >
      {props.children}
    </ActionIcon>
  );
}
