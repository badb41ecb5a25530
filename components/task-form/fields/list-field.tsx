'use client';

import { itemScope } from '../shape/resolve-shape';
import { itemSchemaOf } from '../shape/settle-draft';
import classes from '../task-form.module.css';
import { FieldFaults, RequiredMark } from './field-frame';
import { fieldIdOfPath } from './field-id';
import { innerSpot, type ShapedProps, useBasis, useFaults } from './form-context';
import { AddItem, EntryTools, type ListTools, moveKeys, useListTools } from './list-tools';

/** The frame of a list: its name, what it is for, its entries, and the button that adds one. */
export function ListFrame(props: ShapedProps & { tools: ListTools; children: React.ReactNode }) {
  const { shape, spot, label, tools } = props;
  const faults = useFaults(spot.path);
  const id = fieldIdOfPath(spot.path);
  const { description } = shape.schema;
  const isDescribed = typeof description === 'string' && description !== '';
  return (
    <fieldset
      id={id}
      ref={tools.frame}
      data-list
      className={classes.group}
      aria-describedby={isDescribed ? `${id}__description` : undefined}
    >
      {props.hideLabel ? null : (
        <legend id={`${id}__title`} className={classes.groupTitle}>
          {label}
          <RequiredMark required={props.required} spoken />
        </legend>
      )}
      {isDescribed ? (
        <div className={classes.description} id={`${id}__description`}>
          {description}
        </div>
      ) : null}
      {props.children}
      <AddItem id={id} tools={tools} least={shape.schema.minItems} />
      <FieldFaults id={id} faults={faults} />
    </fieldset>
  );
}

/** A list of entries that can be added, removed and moved, by mouse and by keyboard. */
export function ListField(props: ShapedProps & { title: string }) {
  const tools = useListTools(props);
  return (
    <ListFrame {...props} tools={tools}>
      <div className={classes.entries}>
        {tools.items.map((item, index) => (
          <Entry key={tools.keyOf(index)} {...props} tools={tools} item={item} index={index} />
        ))}
      </div>
    </ListFrame>
  );
}

function Entry(
  props: ShapedProps & { title: string; tools: ListTools; item: unknown; index: number },
) {
  const { shape, spot, tools, item, index, title } = props;
  const { Node } = useBasis();
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the fields inside it are heard here
    <div data-entry className={classes.entry} onKeyDown={moveKeys(tools, index)}>
      <div className={classes.entryBody}>
        <Node
          schema={itemSchemaOf(shape.schema, index)}
          value={item}
          spot={innerSpot(spot, index, itemScope(spot.scope, index))}
          label={`${title} ${index + 1}`}
          required={false}
        />
      </div>
      <div className={classes.entryTools}>
        <EntryTools tools={tools} index={index} />
      </div>
    </div>
  );
}
