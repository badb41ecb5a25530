'use client';

import { itemScope } from '../shape/resolve-shape';
import { isSchema, listOf } from '../shape/schema-parts';
import { itemSchemaOf } from '../shape/settle-draft';
import classes from '../task-form.module.css';
import { innerSpot, type ShapedProps, useBasis } from './form-context';
import { itemsTitle, placeTitle } from './labels';
import { ListFrame } from './list-field';
import { EntryTools, moveKeys, useListTools } from './list-tools';

/** A list whose first places each have a field of their own; it may go on after them. */
export function TupleField(props: ShapedProps) {
  const { shape, spot, value } = props;
  const { schema: root, Node } = useBasis();
  const places = listOf(shape.schema.prefixItems).length;
  const given = listOf(value);
  const padded = [...given, ...Array.from({ length: Math.max(0, places - given.length) })];
  const tools = useListTools({ ...props, value: padded }, places);
  const mayGoOn = shape.schema.items !== false && isSchema(shape.schema.items);
  const least = Number(shape.schema.minItems ?? 0);
  const title = itemsTitle(props.label, shape.schema, root);
  return (
    <ListFrame {...props} tools={{ ...tools, canAdd: mayGoOn && tools.canAdd }}>
      <div className={classes.entries}>
        {padded.map((item, index) => {
          const schema = itemSchemaOf(shape.schema, index);
          const isPlace = index < places;
          return (
            // biome-ignore lint/a11y/noStaticElementInteractions: keys of the fields inside it are heard here
            <div
              key={isPlace ? `place ${index}` : tools.keyOf(index)}
              data-entry
              className={classes.entry}
              onKeyDown={isPlace ? undefined : moveKeys(tools, index)}
            >
              <div className={classes.entryBody}>
                <Node
                  schema={schema}
                  value={item}
                  spot={innerSpot(spot, index, itemScope(spot.scope, index))}
                  label={isPlace ? placeTitle(schema, index, root) : `${title} ${index + 1}`}
                  required={isPlace && index < least}
                />
              </div>
              {isPlace ? null : (
                <div className={classes.entryTools}>
                  <EntryTools tools={tools} index={index} first={places} />
                </div>
              )}
            </div>
          );
        })}
      </div>
    </ListFrame>
  );
}
