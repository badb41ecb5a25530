'use client';

import { ActionIcon, Button } from '@mantine/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useHandOver } from '@/components/task-form/reading/pending-edits';
import { Icon } from '@/components/ui/icons';
import { matchesPattern } from '../check/patterns';
import { addEntry, removeValue, renameEntry, type Spot } from '../shape/edit-draft';
import { fieldScope, type Shape } from '../shape/resolve-shape';
import { isSchema, ownOf, typedNameOf, unnamedKey } from '../shape/schema-parts';
import { entrySchemaOf } from '../shape/shape-kind';
import classes from '../task-form.module.css';
import { FieldFaults } from './field-frame';
import { fieldIdOfPath, NAME_ENDING } from './field-id';
import { innerSpot, type ShapedProps, useBasis } from './form-context';

/** Whether a group has, or may get, entries that its schema does not name. */
export function hasEntries(shape: Shape, value: unknown): boolean {
  return mayAdd(shape) || entryKeys(shape, value).length > 0;
}

function mayAdd({ schema, fields }: Shape): boolean {
  const { additionalProperties, patternProperties } = schema;
  if (isSchema(additionalProperties)) return true;
  if (isSchema(patternProperties) && Object.keys(patternProperties).length > 0) return true;
  // Of a group with fields, what else it might hold is not asked for.
  return additionalProperties !== false && fields.length === 0;
}

function entryKeys(shape: Shape, value: unknown): string[] {
  const names = new Set(shape.fields.map(({ name }) => name));
  return Object.keys(isSchema(value) ? value : {}).filter((key) => !names.has(key));
}

interface Entry {
  id: number;
  key: string;
}

/** The entries in the order in which they were made, whatever order their names come in. */
function useEntries(keys: string[]) {
  const [kept] = useState<{ entries: Entry[]; last: number }>({ entries: [], last: 0 });
  const known = new Set(kept.entries.map(({ key }) => key));
  kept.entries = kept.entries.filter(({ key }) => keys.includes(key));
  for (const key of keys) {
    if (known.has(key)) continue;
    kept.last += 1;
    kept.entries.push({ id: kept.last, key });
  }
  return kept;
}

/** The entries of a map: names of the worker's own, and what they stand for. */
export function EntryFields(props: ShapedProps & { hasOthers: boolean }) {
  const { shape, value, spot } = props;
  const { edit } = useBasis();
  const keys = entryKeys(shape, value);
  const kept = useEntries(keys);
  const newest = useRef<number | null>(null);
  const id = fieldIdOfPath(spot.path);
  const rename = (entry: Entry, typed: string) => {
    const isTaken = Object.hasOwn(isSchema(value) ? value : {}, typed) && typed !== entry.key;
    const isField = shape.fields.some(({ name }) => name === typed);
    const isUsable = typed !== '' && !isTaken && !isField && !isForbidden(typed);
    const to = isUsable ? typed : unnamedKey(entry.id, typed);
    if (to === entry.key) return;
    const from = entry.key;
    entry.key = to;
    edit(renameEntry(spot, from, to));
  };
  return (
    <div className={props.hasOthers ? classes.others : undefined}>
      <div className={classes.entries}>
        {kept.entries.map((entry) => (
          <NamedEntry
            key={entry.id}
            outer={props}
            entryKey={entry.key}
            isNew={newest.current === entry.id}
            onName={(typed) => rename(entry, typed)}
          />
        ))}
      </div>
      {mayAdd(shape) ? (
        <Button
          id={`${id}__add`}
          variant="default"
          size="xs"
          leftSection={<Icon name="plus" size={14} />}
          onClick={() => {
            newest.current = kept.last + 1;
            const key = unnamedKey(kept.last + 1, '');
            edit(addEntry(spot, key, entrySchemaOf(shape.schema, '', matchesPattern)));
          }}
        >
          {keys.length === 0 ? 'Add an entry' : 'Add another'}
        </Button>
      ) : null}
    </div>
  );
}

/** What JSON readers on the way to the customer may drop or trip over. */
function isForbidden(name: string): boolean {
  return name === '__proto__' || typedNameOf(name) !== null;
}

function nameFault(typed: string): string {
  if (typed === '') return 'Give this entry a name.';
  if (isForbidden(typed)) return 'This name cannot be used. Give another one.';
  return `“${typed}” is there already. Give another name.`;
}

interface NamedEntryProps {
  outer: ShapedProps;
  entryKey: string;
  isNew: boolean;
  onName: (typed: string) => void;
}

function NamedEntry({ outer, entryKey, isNew, onName }: NamedEntryProps) {
  const { shape, value, spot } = outer;
  const { edit, Node } = useBasis();
  const inner: Spot = innerSpot(spot, entryKey, fieldScope(spot.scope, entryKey, ''));
  const id = fieldIdOfPath(inner.path);
  const unusable = typedNameOf(entryKey);
  const name = unusable ?? entryKey;
  const input = useRef<HTMLInputElement>(null);
  const latest = useRef(onName);
  useEffect(() => {
    latest.current = onName;
  });
  const commit = useCallback(() => latest.current(input.current?.value ?? ''), []);
  const { onTyped, complain } = useHandOver(commit);
  const [wasLeft, setLeft] = useState(!isNew);
  const fault = unusable === null ? null : nameFault(unusable);
  useEffect(() => {
    const name = id + NAME_ENDING;
    complain(name, fault);
    return () => complain(name, null);
  }, [complain, id, fault]);
  useEffect(() => {
    if (isNew) input.current?.focus();
  }, [isNew]);
  const faults = fault && wasLeft ? [fault] : [];
  const part = entrySchemaOf(shape.schema, name, matchesPattern);
  return (
    <div className={classes.entry} id={`${id}__named`}>
      <div className={classes.entryBody}>
        <label className={classes.label} htmlFor={`${id}-key`}>
          Name
        </label>
        <input
          id={`${id}-key`}
          ref={input}
          className={classes.input}
          defaultValue={name}
          dir="auto"
          autoComplete="off"
          aria-invalid={faults.length > 0 || undefined}
          aria-describedby={faults.length > 0 ? `${id}-key__error` : undefined}
          onChange={onTyped}
          onBlur={() => {
            setLeft(true);
            commit();
          }}
        />
        <FieldFaults id={`${id}-key`} faults={faults} />
        <div className={classes.namedValue}>
          <Node
            schema={part}
            value={ownOf(value, entryKey)}
            spot={inner}
            label={name === '' ? 'Value' : name}
            required
            isEntry
          />
        </div>
      </div>
      <div className={classes.entryTools}>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={name === '' ? 'Remove this entry' : `Remove ${name}`}
          title={name === '' ? 'Remove this entry' : `Remove ${name}`}
          onClick={() => {
            edit(removeValue(inner));
            const add = document.getElementById(`${fieldIdOfPath(spot.path)}__add`);
            requestAnimationFrame(() => add?.focus());
          }}
        >
          <Icon name="cross" size={14} />
        </ActionIcon>
      </div>
    </div>
  );
}
