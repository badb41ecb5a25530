'use client';

import { Button } from '@mantine/core';
import { type ReactNode, useContext } from 'react';
import { Icon } from '@/components/ui/icons';
import { initialValue } from '../shape/draft';
import { removeValue, setValue } from '../shape/edit-draft';
import { isFolded, isFoldedGroup } from '../shape/folded';
import { type Field, fieldScope } from '../shape/resolve-shape';
import { ownOf } from '../shape/schema-parts';
import classes from '../task-form.module.css';
import { EntryFields, hasEntries } from './entry-fields';
import { FieldFaults, RequiredMark } from './field-frame';
import { domId, fieldIdOfPath } from './field-id';
import { ChosenContext, innerSpot, type ShapedProps, useBasis, useFaults } from './form-context';
import { fieldTitle } from './labels';

/** From here on, fields out of sight are laid out only when they come near. */
const MANY_FIELDS = 40;

/** A group of fields: plain at the root, framed and named further down. */
export function GroupField(props: ShapedProps) {
  const { shape, spot, value, isBare, choice } = props;
  const { schema: root } = useBasis();
  const faults = useFaults(spot.path);
  const id = fieldIdOfPath(spot.path);
  const { description } = shape.schema;
  const shown = shape.fields.filter(({ given }) => !given);
  const row = (field: Field) => <FieldOfGroup key={field.name} {...props} field={field} />;
  const fields = (
    <>
      {typeof description === 'string' && description ? (
        <div className={classes.description} id={`${id}__description`}>
          {description}
        </div>
      ) : null}
      <div className={classes.fields} data-many={shown.length > MANY_FIELDS || undefined}>
        {shown.filter((field) => !field.isOfVariant || !choice).map(row)}
        {choice}
        {choice ? shown.filter((field) => field.isOfVariant).map(row) : null}
      </div>
      {hasEntries(shape, value) ? <EntryFields {...props} hasOthers={shown.length > 0} /> : null}
      <FieldFaults id={id} faults={faults} />
    </>
  );
  if (spot.path.length === 0 || isBare) return <div id={id}>{fields}</div>;
  const isAdded = isFoldedGroup(props.schema, root);
  // Items and entries are removed by the buttons of their list.
  const isField = typeof spot.path.at(-1) === 'string' && !props.isEntry;
  return (
    <Frame {...props} id={id} isDescribed={Boolean(description)}>
      {fields}
      {isAdded && isField && !props.required ? <Unfold {...props} /> : null}
    </Frame>
  );
}

/** A framed group with its name. */
function Frame(props: {
  id: string;
  label: string;
  required: boolean;
  isDescribed: boolean;
  children: ReactNode;
}) {
  const { id, label, required, isDescribed } = props;
  return (
    <fieldset
      id={id}
      className={classes.group}
      aria-describedby={isDescribed ? `${id}__description` : undefined}
    >
      <legend id={`${id}__title`} className={classes.groupTitle}>
        {label}
        <RequiredMark required={required} spoken />
      </legend>
      {props.children}
    </fieldset>
  );
}

function FieldOfGroup(props: ShapedProps & { field: Field }) {
  const { field, spot, value } = props;
  const { schema: root, Node } = useBasis();
  const scope = fieldScope(spot.scope, field.name, field.identity);
  const own = ownOf(value, field.name);
  const part = {
    schema: field.schema,
    value: own,
    spot: innerSpot(spot, field.name, scope),
    label: fieldTitle(field.schema, field.name, root),
    required: field.required,
  };
  const chosen = useContext(ChosenContext);
  const isClosed = isFolded(field.schema, own, { root, chosen, scope });
  return <div key={field.identity}>{isClosed ? <Fold {...part} /> : <Node {...part} />}</div>;
}

/** A group that is not there yet. */
function Fold(props: Pick<ShapedProps, 'schema' | 'spot' | 'label' | 'required'>) {
  const { schema, spot, label } = props;
  const { schema: root, edit } = useBasis();
  const faults = useFaults(spot.path);
  const id = fieldIdOfPath(spot.path);
  return (
    <>
      <Button
        id={`${id}__open`}
        variant="default"
        size="xs"
        leftSection={<Icon name="plus" size={14} />}
        onClick={() => {
          edit((draft, form) => {
            const place = { root, chosen: draft.chosen, scope: spot.scope };
            return setValue(spot, initialValue(schema, place) ?? {})(draft, form);
          });
          focusFirst(id);
        }}
      >
        Add {label}
        <RequiredMark required={props.required} spoken />
      </Button>
      <FieldFaults id={id} faults={faults} />
    </>
  );
}

/** Takes an opened group away again. */
function Unfold({ spot, label }: ShapedProps) {
  const { edit } = useBasis();
  const id = fieldIdOfPath(spot.path);
  return (
    <Button
      className={classes.add}
      variant="subtle"
      color="gray"
      size="compact-xs"
      onClick={() => {
        edit(removeValue(spot));
        requestAnimationFrame(() => document.getElementById(`${id}__open`)?.focus());
      }}
    >
      Remove {label}
    </Button>
  );
}

/** The cursor goes into what has just been added. */
function focusFirst(id: string): void {
  requestAnimationFrame(() =>
    document
      .getElementById(domId(id))
      ?.querySelector<HTMLElement>(
        'input:enabled, textarea:enabled, select:enabled, button:enabled',
      )
      ?.focus(),
  );
}
