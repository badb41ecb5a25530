'use client';

import { memo, useMemo } from 'react';
import { chooseVariant } from '../shape/edit-draft';
import type { Union } from '../shape/resolve-shape';
import { listOf } from '../shape/schema-parts';
import classes from '../task-form.module.css';
import { fieldIdOfPath } from './field-id';
import { type NodeProps, type ShapedProps, useBasis, useFaults, useShape } from './form-context';
import { GroupField } from './group-field';
import { itemsTitle } from './labels';
import { LeafField, PlainWidget } from './leaf-field';
import { choiceListOf } from './leaf-widget';
import { ListField } from './list-field';
import { columnsOf } from './table-columns';
import { TableField } from './table-field';
import { TupleField } from './tuple-field';

/** One value of an answer: a box, a group, a list, or the choice of what it is. */
export const NodeField = memo(function NodeField(props: NodeProps) {
  const shape = useShape(props.schema, props.value, props.spot);
  if (shape.unions.length === 0) return <SettledField {...props} shape={shape} />;
  return <UnionField {...props} shape={shape} />;
});

/** A value whose kind is known. */
function SettledField(props: ShapedProps) {
  const { shape } = props;
  const { schema: root } = useBasis();
  switch (shape.kind) {
    case 'object':
      return <GroupField {...props} />;
    case 'tuple':
      return <TupleField {...props} />;
    case 'list': {
      if (choiceListOf(shape.schema, root)) return <LeafField {...props} />;
      const columns = columnsOf(shape.schema, root);
      if (columns) return <TableField {...props} columns={columns} />;
      return <ListField {...props} title={itemsTitle(props.label, shape.schema, root)} />;
    }
    default:
      return <LeafField {...props} />;
  }
}

/** The choice of a variant, and below it what the chosen one asks for. */
function UnionField(props: ShapedProps) {
  const { shape, label } = props;
  const isWhole = shape.unions.some((union) => union.isWhole);
  // What the union as a whole is for stands above the choice.
  const { description } = descriptionOf(props);
  const inner = useMemo(() => {
    const isTwice = isWhole && shape.schema.description === description;
    return isTwice ? { ...shape, schema: { ...shape.schema, description: undefined } } : shape;
  }, [shape, isWhole, description]);
  const chosenTitle = shape.unions
    .map(({ chosen, titles }) => (chosen === null ? undefined : titles[chosen]))
    .findLast((title) => title !== undefined);
  return (
    <div className={classes.union}>
      {isWhole ? <Pickers {...props} /> : null}
      {shape.kind === 'open' || shape.given ? null : (
        <div className={isWhole ? classes.variant : undefined}>
          <SettledField
            {...props}
            shape={inner}
            label={isWhole ? (chosenTitle ?? label) : label}
            required={isWhole || props.required}
            isBare={isWhole}
            choice={isWhole ? undefined : <Pickers {...props} />}
          />
        </div>
      )}
    </div>
  );
}

function Pickers(props: ShapedProps) {
  return props.shape.unions.map((union, index) => (
    <VariantPicker key={union.key} {...props} union={union} index={index} />
  ));
}

function VariantPicker(props: ShapedProps & { union: Union; index: number }) {
  const { union, index, spot, schema } = props;
  const { edit } = useBasis();
  const faults = useFaults(spot.path);
  const options = useMemo(
    () => ({
      enumOptions: listOf(union.titles).map((title, value) => ({ label: String(title), value })),
    }),
    [union.titles],
  );
  const isFirst = index === 0;
  const id = `${fieldIdOfPath(spot.path)}__${union.keyword.toLowerCase()}_select`;
  const label = isFirst && union.isWhole ? props.label : isFirst ? 'One of these' : 'Which kind';
  return (
    <PlainWidget
      widget="radio"
      id={isFirst ? id : `${id}_${index + 1}`}
      label={label}
      required={union.isWhole ? props.required || !isFirst : false}
      schema={isFirst && union.isWhole ? descriptionOf(props) : {}}
      options={options}
      value={union.chosen ?? undefined}
      faults={isFirst && union.chosen === null ? faults : []}
      onChange={(value) =>
        edit(
          chooseVariant(
            spot,
            schema,
            union.key,
            typeof value === 'number' ? value : null,
            props.isEntry,
          ),
        )
      }
    />
  );
}

function descriptionOf({ schema }: NodeProps): { description?: string } {
  const description =
    typeof schema === 'object' && schema !== null && 'description' in schema
      ? schema.description
      : undefined;
  return typeof description === 'string' ? { description } : {};
}
