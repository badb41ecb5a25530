'use client';

import { memo, type RefObject, useLayoutEffect, useRef, useState } from 'react';
import type { Spot } from '../shape/edit-draft';
import { fieldScope, itemScope } from '../shape/resolve-shape';
import { ownOf } from '../shape/schema-parts';
import { itemSchemaOf } from '../shape/settle-draft';
import classes from '../task-form.module.css';
import { FieldFaults, RequiredMark } from './field-frame';
import { fieldIdOfPath } from './field-id';
import {
  innerSpot,
  type NodeProps,
  type ShapedProps,
  useBasis,
  useFaults,
  useShape,
} from './form-context';
import { ListFrame } from './list-field';
import { EntryTools, moveKeys, useListTools } from './list-tools';
import type { Column } from './table-columns';

const ROW_NUMBER_PX = 26;
const TOOLS_PX = 98;
const EDGES_PX = ROW_NUMBER_PX + TOOLS_PX;

/** Whether an element is too narrow for what it should hold; follows its size. */
function useIsNarrow(element: RefObject<HTMLElement | null>, minWidthPx: number): boolean {
  const [isNarrow, setNarrow] = useState(false);
  useLayoutEffect(() => {
    const watched = element.current;
    if (!watched) return;
    const look = () => setNarrow(watched.clientWidth < minWidthPx);
    look();
    const observer = new ResizeObserver(look);
    observer.observe(watched);
    return () => observer.disconnect();
  }, [element, minWidthPx]);
  return isNarrow;
}

/** A list of small objects: one row each where there is room, else one card each. */
export function TableField(props: ShapedProps & { columns: Column[] }) {
  const { shape, spot, columns } = props;
  const tools = useListTools(props);
  const id = fieldIdOfPath(spot.path);
  const frame = useRef<HTMLDivElement>(null);
  const widthPx = columns.reduce((sum, column) => sum + column.minWidthPx, EDGES_PX);
  const isNarrow = useIsNarrow(frame, widthPx);
  return (
    <ListFrame {...props} tools={tools}>
      <div ref={frame} className={classes.tableFrame}>
        {tools.items.length > 0 ? (
          <table className={classes.table} data-cards={isNarrow || undefined}>
            <colgroup>
              <col width={ROW_NUMBER_PX} />
              {columns.map(({ name, minWidthPx }) => (
                <col key={name} width={`${(100 * minWidthPx) / (widthPx - EDGES_PX)}%`} />
              ))}
              <col width={TOOLS_PX} />
            </colgroup>
            <thead>
              <tr>
                <th scope="col">
                  <span className="visually-hidden">Row</span>
                </th>
                {columns.map((column) => (
                  <th key={column.name} scope="col">
                    {column.title}
                    <RequiredMark required={column.required} />
                    {column.description ? (
                      <div className={classes.description}>{column.description}</div>
                    ) : null}
                  </th>
                ))}
                <th scope="col">
                  <span className="visually-hidden">Move or remove</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {tools.items.map((item, index) => (
                <tr
                  key={tools.keyOf(index)}
                  id={fieldIdOfPath([...spot.path, index])}
                  data-entry
                  onKeyDown={moveKeys(tools, index)}
                >
                  <th scope="row" className={classes.rowNumber}>
                    <span className={classes.rowWord}>Row </span>
                    {index + 1}
                  </th>
                  <Cells
                    schema={itemSchemaOf(shape.schema, index)}
                    value={item}
                    spot={innerSpot(spot, index, itemScope(spot.scope, index))}
                    label={`row ${index + 1}`}
                    required
                    columns={columns}
                  />
                  <td className={classes.rowTools}>
                    <div className={classes.entryTools}>
                      <EntryTools tools={tools} index={index} />
                    </div>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        ) : null}
      </div>
      {tools.items.map((_, index) => (
        <RowFaults
          key={tools.keyOf(index)}
          id={`${id}__row${index + 1}`}
          spot={innerSpot(spot, index, itemScope(spot.scope, index))}
          index={index}
        />
      ))}
    </ListFrame>
  );
}

/** What is wrong with a row as a whole. */
function RowFaults({ id, spot, index }: { id: string; spot: Spot; index: number }) {
  const faults = useFaults(spot.path);
  return <FieldFaults id={id} faults={faults.map((fault) => `Row ${index + 1}: ${fault}`)} />;
}

const Cells = memo(function Cells(props: NodeProps & { columns: Column[] }) {
  const { schema, value, spot, label, columns } = props;
  const { Node } = useBasis();
  const shape = useShape(schema, value, spot);
  return columns.map((column) => {
    const field = shape.fields.find(({ name }) => name === column.name);
    return (
      <td key={column.name} data-label={column.title}>
        {field ? (
          <Node
            schema={field.schema}
            value={ownOf(value, field.name)}
            spot={innerSpot(spot, field.name, fieldScope(spot.scope, field.name, field.identity))}
            label={`${column.title}, ${label}`}
            required={field.required}
            hideLabel
            isCell
          />
        ) : null}
      </td>
    );
  });
});
