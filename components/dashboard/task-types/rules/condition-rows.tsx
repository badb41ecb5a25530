'use client';

import { ActionIcon, Button, Group, Text, TextInput } from '@mantine/core';
import { useId } from 'react';
import classes from '@/components/dashboard/task-types/task-types.module.css';
import { Icon } from '@/components/ui/icons';
import { Select } from '@/components/ui/inputs/select';
import {
  type Group as ConditionGroup,
  type FieldKind,
  needsValue,
  type Operator,
  operatorsFor,
  type Row,
  type RuleField,
} from './rule-rows';

/** Conditions, one a row: a field, what of it, and with what. */
export function ConditionRows(props: {
  label: string;
  /** What it means when there is no row. */
  empty: string;
  group: ConditionGroup;
  fields: RuleField[];
  onChange: (group: ConditionGroup) => void;
}) {
  const { label, group, fields, onChange } = props;
  const replace = (index: number, row: Row | null) =>
    onChange({
      ...group,
      rows: group.rows.flatMap((each, at) => (at === index ? (row ? [row] : []) : [each])),
    });
  const add = () =>
    onChange({
      ...group,
      rows: [...group.rows, { field: fields[0]?.path ?? 'output.', operator: 'given', value: '' }],
    });
  return (
    <fieldset className={classes.conditions}>
      <legend>
        <Group gap="sm" mb={4}>
          <Text size="sm" fw={500}>
            {label}
          </Text>
          {group.rows.length > 1 ? (
            <Select
              size="xs"
              w={120}
              aria-label={`How the conditions of ${label} are joined`}
              data={[
                { value: 'and', label: 'all hold' },
                { value: 'or', label: 'any holds' },
              ]}
              value={group.join}
              onChange={(join) => onChange({ ...group, join: join === 'or' ? 'or' : 'and' })}
            />
          ) : null}
        </Group>
      </legend>
      {group.rows.length === 0 ? (
        <Text size="sm" c="dimmed">
          {props.empty}
        </Text>
      ) : null}
      {group.rows.map((row, index) => (
        <ConditionRow
          // Rows have no name but their place.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          key={index}
          name={`${label} ${index + 1}`}
          row={row}
          fields={fields}
          onChange={(next) => replace(index, next)}
          onRemove={() => replace(index, null)}
        />
      ))}
      <div>
        <Button
          variant="subtle"
          size="compact-xs"
          leftSection={<Icon name="plus" size={12} />}
          onClick={add}
        >
          Add a condition to {label.toLowerCase()}
        </Button>
      </div>
    </fieldset>
  );
}

function ConditionRow(props: {
  name: string;
  row: Row;
  fields: RuleField[];
  onChange: (row: Row) => void;
  onRemove: () => void;
}) {
  const { name, row, fields, onChange } = props;
  const names = useId();
  const field = fields.find(({ path }) => path === row.field);
  const kind: FieldKind = field?.kind ?? 'any';
  const offered = operatorsFor(kind);
  // What was saved stays visible, even where the field's kind would not offer it.
  const known = offered.some(({ value }) => value === row.operator)
    ? offered
    : [...offered, ...operatorsFor('any').filter(({ value }) => value === row.operator)];
  return (
    <div className={classes.condition}>
      <div>
        <TextInput
          size="xs"
          aria-label={`${name}: field`}
          list={names}
          value={row.field}
          onChange={(event) => {
            const path = event.currentTarget.value;
            const next = fields.find((each) => each.path === path)?.kind ?? 'any';
            const fits = operatorsFor(next).some(({ value }) => value === row.operator);
            const operator = fits ? row.operator : (operatorsFor(next)[0]?.value ?? 'is');
            onChange({ ...row, field: path, operator });
          }}
          spellCheck={false}
        />
        <datalist id={names}>
          {fields.map(({ path }) => (
            <option key={path} value={path} />
          ))}
        </datalist>
      </div>
      <div>
        <Select
          size="xs"
          aria-label={`${name}: comparison`}
          data={known}
          value={row.operator}
          onChange={(operator) => onChange({ ...row, operator: (operator ?? 'is') as Operator })}
        />
      </div>
      <div>
        {needsValue(row.operator) ? (
          <ValueInput name={name} row={row} field={field} onChange={onChange} />
        ) : null}
      </div>
      <ActionIcon
        variant="subtle"
        color="gray"
        onClick={props.onRemove}
        aria-label={`Remove ${name.toLowerCase()}`}
      >
        <Icon name="cross" size={14} />
      </ActionIcon>
    </div>
  );
}

function ValueInput(props: {
  name: string;
  row: Row;
  field: RuleField | undefined;
  onChange: (row: Row) => void;
}) {
  const { row, field, onChange } = props;
  const isList = row.operator === 'one_of' || row.operator === 'none_of';
  const label = `${props.name}: value`;
  if (field && field.choices.length > 0 && !isList) {
    return (
      <Select
        size="xs"
        aria-label={label}
        data={field.choices}
        value={field.choices.includes(row.value) ? row.value : null}
        onChange={(value) => onChange({ ...row, value: value ?? '' })}
      />
    );
  }
  return (
    <TextInput
      size="xs"
      aria-label={label}
      placeholder={isList ? 'one, other' : ''}
      value={row.value}
      onChange={(event) => onChange({ ...row, value: event.currentTarget.value })}
    />
  );
}
