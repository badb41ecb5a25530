'use client';

import { Button } from '@mantine/core';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { ToolButton } from '@/components/task-form/fields/tool-button';
import { Icon } from '@/components/ui/icons';
import { addItem, moveItem, removeItem } from '../shape/edit-draft';
import { listOf } from '../shape/schema-parts';
import { itemSchemaOf } from '../shape/settle-draft';
import { fieldIdOfPath } from './field-id';
import { type ShapedProps, useBasis } from './form-context';

const FIELDS = 'input:enabled, textarea:enabled, select:enabled';

export interface ListTools {
  /** The list's element, in which entries carry `data-entry`. */
  frame: RefObject<HTMLFieldSetElement | null>;
  items: unknown[];
  keyOf: (index: number) => number;
  add: () => void;
  remove: (index: number) => void;
  move: (index: number, by: 1 | -1) => void;
  canAdd: boolean;
  said: string;
}

/** Adds, removes and moves the items of a list; the cursor follows. */
export function useListTools(props: ShapedProps, first = 0): ListTools {
  const { shape, spot, value } = props;
  const { edit } = useBasis();
  const items = listOf(value);
  const frame = useRef<HTMLFieldSetElement>(null);
  const isAdded = useRef(false);
  const [said, say] = useState('');
  const [keys] = useState<{ list: number[]; last: number }>({ list: [], last: 0 });
  const count = items.length;
  while (keys.list.length < count) {
    keys.last += 1;
    keys.list.push(keys.last);
  }
  keys.list.length = count;
  useEffect(() => {
    if (!isAdded.current) return;
    isAdded.current = false;
    entriesOf(frame.current)[count - 1]?.querySelector<HTMLElement>(FIELDS)?.focus();
  }, [count]);
  const { maxItems } = shape.schema;
  return {
    frame,
    items,
    keyOf: (index) => keys.list[index] ?? index,
    said,
    canAdd: typeof maxItems !== 'number' || count < maxItems,
    add: () => {
      isAdded.current = true;
      say(`Entry ${count + 1} added.`);
      edit(addItem(spot, itemSchemaOf(shape.schema, Math.max(count, first)), first));
    },
    remove: (index) => {
      keys.list.splice(index, 1);
      say(`Entry ${index + 1} removed.`);
      edit(removeItem(spot, index));
      // The cursor would be lost with what it stood on.
      requestAnimationFrame(() => {
        const next = entriesOf(frame.current)[Math.min(index, count - 2)];
        const add = document.getElementById(`${fieldIdOfPath(spot.path)}__add`);
        (next?.querySelector<HTMLElement>(FIELDS) ?? add)?.focus();
      });
    },
    move: (index, by) => {
      const to = index + by;
      if (to < first || to >= count) return;
      const active = document.activeElement;
      const focusable = (entry: Element | undefined) => [
        ...(entry?.querySelectorAll<HTMLElement>(`${FIELDS}, button`) ?? []),
      ];
      const inside = focusable(entriesOf(frame.current)[index]).indexOf(active as HTMLElement);
      const [a, b] = [keys.list[index], keys.list[to]];
      if (a !== undefined && b !== undefined) [keys.list[index], keys.list[to]] = [b, a];
      say(`Entry ${index + 1} moved to place ${to + 1}.`);
      edit(moveItem(spot, index, by));
      // The cursor goes with the entry, so that it can be moved on.
      requestAnimationFrame(() => {
        const fields = focusable(entriesOf(frame.current)[to]);
        (fields[inside] ?? fields[0])?.focus();
      });
    },
  };
}

function entriesOf(list: HTMLElement | null): Element[] {
  const all = [...(list?.querySelectorAll('[data-entry]') ?? [])];
  return all.filter((entry) => entry.closest('[data-list]') === list);
}

/** Alt with an arrow key moves an entry, wherever in it the cursor is. */
export function moveKeys(tools: ListTools, index: number) {
  return (event: React.KeyboardEvent) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    event.stopPropagation();
    tools.move(index, event.key === 'ArrowUp' ? -1 : 1);
  };
}

export function EntryTools(props: { tools: ListTools; index: number; first?: number }) {
  const { tools, index, first = 0 } = props;
  const count = tools.items.length;
  const place = `entry ${index + 1} of ${count}`;
  return (
    <>
      {count - first > 1 ? (
        <>
          <ToolButton
            icon="up"
            label={`Move ${place} up`}
            isOff={index === first}
            onPress={() => tools.move(index, -1)}
          />
          <ToolButton
            icon="down"
            label={`Move ${place} down`}
            isOff={index === count - 1}
            onPress={() => tools.move(index, 1)}
          />
        </>
      ) : null}
      <ToolButton icon="cross" label={`Remove ${place}`} onPress={() => tools.remove(index)} />
    </>
  );
}

export function AddItem({ id, tools, least }: { id: string; tools: ListTools; least: unknown }) {
  const count = tools.items.length;
  const isShort = typeof least === 'number' && count < least;
  return (
    <>
      <div role="status" className="visually-hidden">
        {tools.said}
      </div>
      {tools.canAdd ? (
        <Button
          id={`${id}__add`}
          variant="default"
          size="xs"
          leftSection={<Icon name="plus" size={14} />}
          onClick={tools.add}
        >
          {count === 0 ? 'Add an entry' : 'Add another'}
          {isShort ? ` (at least ${least.toLocaleString('en-US')})` : ''}
        </Button>
      ) : null}
    </>
  );
}
