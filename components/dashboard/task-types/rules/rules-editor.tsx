'use client';

import { Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import classes from '@/components/dashboard/task-types/task-types.module.css';
import type { Faults } from '@/components/dashboard/term-fields';
import { JsonEditor } from '@/components/editor/json-editor';
import { jsonText, readJsonText } from '@/components/editor/json-text';
import { Card } from '@/components/ui/card';
import { SegmentedControl } from '@/components/ui/inputs/segmented-control';
import type { Rule } from '@/server/features/task-types/schema';
import { ConditionRows } from './condition-rows';
import {
  type Group as ConditionGroup,
  groupOfLogic,
  logicOfGroup,
  type RuleField,
} from './rule-rows';

interface RulesEditorProps {
  rules: Rule[];
  fields: RuleField[];
  faults: Faults;
  disabled: boolean;
  onChange: (rules: Rule[]) => void;
}

/** What must hold of an answer besides its shape; an answer that breaks a rule is sent back. */
export function RulesEditor({ rules, fields, faults, disabled, onChange }: RulesEditorProps) {
  const replace = (index: number, rule: Rule | null) =>
    onChange(rules.flatMap((each, at) => (at === index ? (rule ? [rule] : []) : [each])));
  return (
    <Card title="Rules">
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          An answer that breaks a rule is rejected with the rule’s message, and its worker may
          answer again.
        </Text>
        {rules.map((rule, index) => (
          <RuleCard
            // A rule is who it is by its place: its name is being typed.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            key={index}
            rule={rule}
            index={index}
            fields={fields}
            faults={faults}
            disabled={disabled}
            onChange={(next) => replace(index, next)}
            onRemove={() => replace(index, null)}
          />
        ))}
        {disabled ? null : (
          <div>
            <Button
              variant="default"
              onClick={() => onChange([...rules, newRule(rules, fields)])}
              disabled={rules.length >= 50}
            >
              Add a rule
            </Button>
          </div>
        )}
      </Stack>
    </Card>
  );
}

function newRule(rules: readonly Rule[], fields: readonly RuleField[]): Rule {
  const taken = new Set(rules.map(({ id }) => id));
  let number = rules.length + 1;
  while (taken.has(`rule_${number}`)) number += 1;
  return {
    id: `rule_${number}`,
    require: { '!!': [{ var: fields[0]?.path ?? 'output.answer' }] },
    message: 'Say what to do instead.',
  };
}

interface RuleCardProps {
  rule: Rule;
  index: number;
  fields: RuleField[];
  faults: Faults;
  disabled: boolean;
  onChange: (rule: Rule) => void;
  onRemove: () => void;
}

function RuleCard(props: RuleCardProps) {
  const { rule, index, faults, disabled, onChange } = props;
  const when = groupOfLogic(rule.when);
  const require = groupOfLogic(rule.require);
  const asRows = when !== null && require !== null;
  const [view, setView] = useState(asRows ? 'rows' : 'json');
  const at = (part: string) => {
    const found = Object.keys(faults).find(
      (key) => key === `rules.${index}.${part}` || (part === 'id' && key === `rules.${index}`),
    );
    return found ? faults[found] : undefined;
  };
  return (
    <fieldset className={classes.rule} disabled={disabled}>
      <legend className="visually-hidden">Rule {rule.id}</legend>
      <Stack gap="sm">
        <Group justify="space-between" align="flex-end" gap="sm">
          <TextInput
            label="Name"
            value={rule.id}
            onChange={(event) => onChange({ ...rule, id: event.currentTarget.value })}
            error={at('id')}
            spellCheck={false}
            style={{ flex: '1 1 160px' }}
          />
          <SegmentedControl
            size="xs"
            aria-label={`How the rule ${rule.id} is edited`}
            value={view === 'rows' && asRows ? 'rows' : 'json'}
            onChange={setView}
            data={[
              { value: 'rows', label: 'Rows', disabled: !asRows },
              { value: 'json', label: 'JSON Logic' },
            ]}
          />
          {disabled ? null : (
            <Button
              variant="subtle"
              color="red"
              size="xs"
              onClick={props.onRemove}
              aria-label={`Remove the rule ${rule.id}`}
            >
              Remove
            </Button>
          )}
        </Group>
        {view === 'rows' && when && require ? (
          <RuleRows {...props} when={when} require={require} />
        ) : (
          <RuleJson rule={rule} onChange={onChange} />
        )}
        {at('when') || at('require') ? (
          <Text size="xs" c="var(--urgent-text)" role="alert">
            {at('when') ?? at('require')}
          </Text>
        ) : null}
        <Textarea
          label="Message to the worker"
          autosize
          minRows={1}
          value={rule.message}
          onChange={(event) => onChange({ ...rule, message: event.currentTarget.value })}
          error={at('message')}
        />
      </Stack>
    </fieldset>
  );
}

function RuleRows(props: RuleCardProps & { when: ConditionGroup; require: ConditionGroup }) {
  const { rule, fields, onChange } = props;
  const kindOf = (path: string) => fields.find((field) => field.path === path)?.kind ?? 'any';
  const change = (part: 'when' | 'require', group: ConditionGroup) => {
    const logic = logicOfGroup(group, kindOf) as Rule['require'] | undefined;
    if (part === 'require') return onChange({ ...rule, require: logic ?? true });
    const { when: _former, ...rest } = rule;
    return onChange(logic === undefined ? rest : { ...rest, when: logic });
  };
  return (
    <>
      <ConditionRows
        label="When"
        empty="Always"
        group={props.when}
        fields={fields}
        onChange={(group) => change('when', group)}
      />
      <ConditionRows
        label="Require"
        empty="Nothing is required yet"
        group={props.require}
        fields={fields}
        onChange={(group) => change('require', group)}
      />
    </>
  );
}

/** The rule's logic as it is saved, for what rows cannot say. */
function RuleJson({ rule, onChange }: { rule: Rule; onChange: (rule: Rule) => void }) {
  const [whenText, setWhen] = useState(rule.when === undefined ? '' : jsonText(rule.when));
  const [requireText, setRequire] = useState(jsonText(rule.require));
  return (
    <>
      <JsonEditor
        label={`When, of ${rule.id}`}
        description="JSON Logic over payload and output. Left empty, the rule always applies."
        optional
        minHeight={48}
        value={whenText}
        onChange={(text) => {
          setWhen(text);
          const { when: _former, ...rest } = rule;
          if (text.trim() === '') return onChange(rest);
          const reading = readJsonText(text);
          if (reading.ok) onChange({ ...rest, when: reading.value as Rule['require'] });
        }}
      />
      <JsonEditor
        label={`Require, of ${rule.id}`}
        minHeight={48}
        value={requireText}
        onChange={(text) => {
          setRequire(text);
          const reading = readJsonText(text);
          if (reading.ok) onChange({ ...rule, require: reading.value as Rule['require'] });
        }}
      />
    </>
  );
}
